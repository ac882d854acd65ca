"""What `make bench` measures: each long step beside its baseline, in the same run."""
