"""World totals that the documents print: the printed program totals of all countries, people and dollars."""

from __future__ import annotations

WORLD = {
    2008: (41_599, 163_264_206),
    2010: (42_460, 181_135_654),
    2012: (54_328, 193_291_263),
    2013: (52_675, 228_364_381),
    2014: (40_032, 198_971_215),
    2018: (53_446, 314_141_403),
    2020: (29_645, 173_575_045),
}
