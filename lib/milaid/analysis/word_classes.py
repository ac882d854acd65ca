"""Words of military units that mean the same: abbreviations, and the languages in which the reports print units."""

from __future__ import annotations

from functools import cache

CLASSES: tuple[str, ...] = (
    "battalion bn bns btn batt battn bat batallon bataillon batalhao batalion",
    "regiment regt rgt reg regimiento regimento",
    "brigade bde bdes brig brigada",
    "company coy cie compania compagnie",
    "division div",
    "squadron sqn sqdn escuadron escadron esquadrao",
    "platoon plt peloton pelotao",
    "group grp gp grupo groupe agrupacion groupement",
    "detachment det destacamento detachement",
    "command cmd comd commandement",
    "commando commandos comando comandos cdo kommando",
    "headquarters hq hqs hqtrs",
    "force forces fuerza fuerzas forca forcas",
    "special especial especiales speciale speciales spec",
    "army ejercito armee exercito",
    "navy naval armada marina",
    "infantry inf infanteria infanterie infantaria",
    "artillery arty artilleria artillerie",
    "cavalry cav caballeria cavalerie",
    "engineer engineers engr eng ingenieros genie",
    "parachute para paras paratrooper paratroopers parachutist parachutiste parachutistes paracaidista paracaidistas "
    "airborne abn",
    "intervention intervencion",
    "rapid rapide rapida",
    "police policia policie gendarme",
    "national nacional nationale natl",
    "guard guards guardia garde guarda",
    "school escuela ecole escola",
    "academy academia academie",
    "center centre centro ctr",
    "training trng tng entrenamiento instruccion formation",
    "ministry ministerio ministere min mod",
    "defense defence defensa",
    "staff estado etat maj",
    "joint conjunto conjunta interarmes",
    "operation operations operaciones ops op",
    "intelligence inteligencia intel",
    "logistics logistic logistica logistique log",
    "aviation aviacion avn",
    "air aerea aereo aerienne",
    "coast costa coastal",
    "mountain montana montagne",
    "mobile movil",
    "presidential presidencial presidentielle",
    "anti counter contra contre",
    "terrorism terrorist terrorismo antiterrorist antiterrorista",
    "narcotics narcotic narcoticos antinarcotics antinarcoticos drug drugs",
    "rangers ranger",
    "first 1 primero primer premier premiere i",
    "second 2 segundo deuxieme ii",
    "third 3 tercero tercer troisieme iii",
    "fourth 4 cuarto quatrieme iv",
    "fifth 5 quinto cinquieme v",
    "sixth 6 sexto vi",
    "seventh 7 septimo vii",
    "eighth 8 octavo viii",
    "ninth 9 noveno ix",
    "tenth 10 decimo x",
)
"""Each line is one class; its first word names it."""

ACRONYMS: dict[str, str] = {
    "sf": "special force",
    "sof": "special operation force",
    "bir": "battalion intervention rapid",
    "rcp": "regiment commando parachute",
    "rpc": "regiment parachute commando",
    "ct": "anti terrorism",
    "cnp": "colombian national police",
    "mp": "military police",
    "af": "air force",
    "sbs": "special boat service",
    "rdf": "rapid deployment force",
    "qrf": "quick reaction force",
    "mod": "ministry defense",
}
"""An acronym and the classes of its words; both are kept."""

LEFT_OUT = frozenset(
    [
        "a",
        "al",
        "and",
        "at",
        "d",
        "de",
        "del",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "en",
        "for",
        "from",
        "in",
        "la",
        "las",
        "le",
        "les",
        "los",
        "of",
        "on",
        "st",
        "nd",
        "rd",
        "th",
        "the",
        "to",
        "und",
        "y",
        "ª",
        "º",
    ]
)
"""Words that do not tell one unit from another."""


@cache
def class_of() -> dict[str, str]:
    """Return the class of each word that has one."""
    return {word: words.split()[0] for words in CLASSES for word in words.split()}
