"""What stands beside a name: organisations, degrees and titles, remarks; and names that are nobody's. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from app.imports.names_known import SURE, given_weight, plain
from app.people.names import PARTICLES

# Abbreviations of the state, which nobody bears as a name.
STATE = frozenset(
    "VNK UM OM SM PLM PV VM OKM MMM LVM TEM STM YM DVV THL AVI ELY ELY-keskus SYKE VTV VRK HVK PRH KEHA OPH RRF TLT"
    " KKV STUK VTT GTK LUKE FIMEA VALVIRA TRAFICOM VALTORI KELA HAUS TULLI POLIISI RISE EU OKV EOA TK TRO PALKEET"
    " SENAATTI VERO MML NLS METLA MIGRI KL SAK STTK AKAVA EK KT KUNTALIITTO KIRKKOHALLITUS SITRA EVA ETLA TTL FINTO"
    " KEVA HUS HY JYU TUNI UEF LUT ISAVI LSAVI PSAVI LSSAVI ESAVI RM FPA SKM FM JM IM MDB".casefold().split()
)

ENDINGS = (
    "ministerio", "ministeriet", "virasto", "verket", "laitos", "liitto", "forbundet", "forbund", "hallinto",
    "hallitus", "keskus", "yliopisto", "universitet", "universitetet", "university", "ministry", "korkeakoulu",
    "hogskola", "saatio", "stiftelse", "foundation", "instituutti", "institutet", "institute", "kaupunki", "kunta",
    "stad", "kommun", "yhdistys", "forening", "association", "hyvinvointialue", "valfardsomrade", "maakunta",
    "osuuskunta", "konttori", "virastot", "kamari", "tuomioistuin", "oikeus", "poliisi", "kirkko", "seura", "agency",
    "authority", "council of state", "kansliet", "kanslia", "osasto", "avdelning", "avdelningen", "department",
    "regering", "akatemia", "akademi", "yksikko", "enhet", "enheten", "unit", "toimisto", "byra", "byran", "office",
)  # fmt: skip
FORMS = frozenset("oy oyj ab ry rf ltd inc gmbh abp rs sr ky kb as asa plc llc vr".split())
WHOLE_NAMES = frozenset(
    "kela sitra traficom valtori palkeet finnvera fimea valvira kuntaliitto kirkkohallitus verohallinto".split()
)

REMARKS = frozenset(
    "ext ext. external extern ulkoinen ulk ulk. konsultti consultant konsult vieras guest gast unverified"
    " vahvistamaton organizer organiser jarjestaja arrangor required optional pakollinen valinnainen etana remote pa"
    " distans varajasen jasen puheenjohtaja pj pj. vpj vpj. varapj varapuheenjohtaja sihteeri siht siht. chair"
    " secretary member deputy ordforande sekreterare medlem suppleant ersattare asiantuntija private yksityinen via"
    " hidden you me jag tyo work koti home mobile presenter attendee osallistuja deltagare poissa lasna paikalla"
    " accepted declined tentative hyvaksytty hylatty alustava bcc cc gmail outlook teams sposti hei moi hej hello dear"
    " kiitos tack thanks".split()
)

OUTSIDERS = frozenset("ext external extern ulk ulkoinen guest vieras konsultti via".split())
BEFORE_OTHERS = frozenset("os o.s ent e nee fd f han hon he she they den klo via".split())  # os. Korhonen, hän/he

PROFESSIONS = (
    "asiantuntija", "johtaja", "paallikko", "neuvos", "sihteeri", "tarkastaja", "koordinaattori", "assistentti",
    "suunnittelija", "insinoori", "tutkija", "konsultti", "kehittaja", "arkkitehti", "lakimies", "juristi",
    "hallintovirkamies", "direktor", "chef", "radgivare", "sakkunnig", "sekreterare", "ordforande", "koordinator",
    "jurist", "handlaggare", "adviser", "advisor", "officer", "director", "manager", "coordinator", "specialist",
    "expert", "secretary", "counsellor", "puheenjohtaja", "virkamies", "tjansteman", "edustaja", "ministeri",
    "lahettilas", "ambassador", "minister", "harjoittelija", "esittelija", "kansleri", "apulainen", "vastaava",
    "ingsrad", "kanslirad",
)  # fmt: skip

DEGREES = frozenset(
    "terveisin terv dr tri prof professori professor mr mrs ms miss mme mlle madame monsieur frau sra srta senora"
    " herra rouva hra rva nti neiti herr fru froken hr ft fm fil fil.tri tohtori maisteri phd ph.d msc m.sc bsc b.sc"
    " mba emba md dsc d.sc vtm vtt vtl vtk vt kt km kk hm ht hk hum.kand htm htt htl otm otl oik ott ot ok on otk dipl"
    " dipl.ins di ins tkt tkl ktm ktt ktl ll lt lkt lkl ell elt ma llm ll.m jd dos dos. dosentti docent tt tm tl th"
    " amk yamk esq mag ing dipl.-ing sir dame hon arkkit mti mmt ytm ytt ytl pol.mag jur.kand varatuomari ekon ceo cio"
    " cto tech ktn evl eversti kapt maj ratsumestari".split()
)
COURTESY = frozenset("dr mr ms mrs mme mlle sra tri sir hra rva nti fru phd msc mba".split())
LATIN_NUMBERS = frozenset({"II", "III", "IV", "Jr", "Jr.", "Sr", "Sr."})

LISTS = (
    "ryhma", "ryhmat", "gruppen", "grupp", "verkosto", "verkostot", "natverk", "natverket", "network", "tiimi",
    "tiimit", "jaosto", "jaostot", "neuvottelukunta", "toimikunta", "lautakunta", "valiokunta", "valtuuskunta",
    "valtuusto", "namnd", "namnden", "utskott", "utskottet", "delegation", "delegationen", "jakelulista",
    "postituslista", "postilista", "sahkopostilista", "jakelu", "kommitte", "committee", "sihteeristo", "sekretariat",
    "sekretariatet", "foorumi", "klubi", "johtokunta", "styrelse", "styrelsen", "kollegio", "henkilosto", "personal",
    "osallistujat", "deltagarna", "jasenet", "medlemmar", "medlemmarna", "virkamiehet", "johtajat", "paallikot",
    "sihteerit", "kutsutut", "inbjudna", "vastaanottajat", "ministeriot", "keskukset", "kunnat", "kaupungit", "liitot",
    "laitokset", "jarjestot", "yksikot", "edustajat", "ministerier", "kommuner", "hanke", "projekti", "projekt",
)  # fmt: skip
LIST_WORDS = frozenset(
    "kaikki all dl jl everyone staff team group board council members alla allihopa lista listat list lists mailing"
    " johto johtajisto postituslista recipients everybody employees users project forum".split()
)
MAILBOXES = (
    "kirjaamo", "neuvonta", "asiakaspalvelu", "viestinta", "registratur", "registratorskontor", "palvelut", "palvelu",
    "helpdesk", "tuki", "toimitus", "tiedotus", "vaihde", "huone", "kokoustila", "tietohallinto", "hallintopalvelut",
    "laskutus", "arkisto", "rekrytointi", "posti", "varaukset", "varaus", "ilmoittautuminen", "ilmoittautumiset",
    "tapahtumat", "koulutus", "sahkoposti", "matkat", "kansliet", "kanslia",
)  # fmt: skip
MAILBOX_WORDS = frozenset(
    "info registry support service services desk help office contact noreply no-reply donotreply do-not-reply"
    " postmaster webmaster admin administrator hr it ict events event press media sales billing feedback palaute"
    " rekisteri root news newsletter uutiskirje viestit kansio room rum calendar kalenteri kundtjanst mailer-daemon"
    " sposti mail inbox kirjaamo.vm asiakirjat postilaatikko toimisto virasto registrator".split()
)
LIST_PREFIX = re.compile(r"(?:DL|JL|PL|SL|GRP|LIST)[-_ :]|[+#_*]\s*\S")
CAPITALS = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9]{1,5}(?:-[A-ZÅÄÖ0-9]{1,4})?")
MIXED = re.compile(r"[a-zåäö][A-ZÅÄÖ]{2}|[A-ZÅÄÖ]{2,}[a-zåäö]")
NO_VOWEL = re.compile(r"[B-DF-HJ-NP-TV-XZ0-9]{2,6}")
BETWEEN = re.compile(r"\s*[/,;|]\s*|\s+[-–—]\s+")


class Known:
    """The organisations that are known beside the state's: by names and abbreviations, however they are cased."""

    def __init__(self, organisations: Collection[str] = ()):
        written = [" ".join(name.split()) for name in organisations]
        self.written = frozenset(written) - {""}
        self.names = frozenset(map(plain, self.written))
        self.abbreviated = STATE | self.names
        self.longest = max((len(name.split()) for name in written), default=1)

    def knows(self, text: str) -> bool:
        """Whether a text is a known organisation's name or abbreviation, a short one as it is cased (EVA, not Eva)."""
        small = plain(text)
        if small in self.names:
            return len(small) > 5 or text.isupper() or text in self.written
        return (small in STATE and text.isupper()) or (small in WHOLE_NAMES and text[:1].isupper())

    def is_organisation(self, text: str) -> bool:
        """Whether a text that stands apart from a name is an organisation: known, in capitals, or named as one."""
        if self.knows(text) or (CAPITALS.fullmatch(text) and text not in LATIN_NUMBERS):
            return True
        words = plain(text).split()
        if not PARTICLES.isdisjoint(words):
            return False  # Svinhufvud af Qvalstad
        return bool(words) and (words[-1].strip(".") in FORMS or words[-1].endswith(ENDINGS) or "of" in words)

    def organisation_of(self, notes: Sequence[str]) -> str | None:
        """Return the organisation among the notes beside a name: one that is known, else the first that may be one."""
        notes = [" ".join(word for word in note.split() if word.lower().strip(".") not in OUTSIDERS) for note in notes]
        parts = [part for note in notes for part in BETWEEN.split(note) if part and not says_else(part)]
        whole = next((n for n in notes if self.knows(n) or plain(n) in self.abbreviated), None)
        known = whole or next((part for part in parts if self.knows(part)), None)
        return known or next((p for p in parts if self.is_organisation(p)), None) or (parts[0] if parts else None)


@lru_cache(maxsize=1 << 12)
def says_else(note: str) -> bool:
    """Whether a note beside a name is no organisation: an outsider, a pronoun, a role, a number, a former name."""
    words = plain(note).strip(" .:!").split()
    if (
        not words
        or is_role(note)
        or is_degree(note)
        or is_profession(note)
        or any(c.isdigit() or c == "@" for c in note)
    ):
        return True
    if words[0].rstrip(".") in BEFORE_OTHERS or ("/" in note and note.islower()):
        return True
    if len(words) == 1 and given_weight(note) == SURE and not note.isupper():
        return True  # the name that somebody is called by
    return note[:1].islower() and not words[-1].endswith(ENDINGS) and plain(note) not in WHOLE_NAMES


def is_role(text: str) -> bool:
    """Whether a text is what somebody is in a meeting or to the mail program: varajäsen, pj, ext, Guest, etänä."""
    first = plain(text).split()[:1]
    return bool(first) and first[0].strip(".:!") in REMARKS


@lru_cache(maxsize=1 << 14)
def is_degree(word: str) -> bool:
    """Whether a word is a degree or a form of address: Dr., Prof., PhD, VTM."""
    small = plain(word).strip(".,")
    if small not in DEGREES and small.replace(".", "") not in DEGREES:
        return False
    return len(small) > 3 or small in COURTESY or word.endswith(".") or not word[1:].islower()


@lru_cache(maxsize=1 << 14)
def is_profession(text: str) -> bool:
    """Whether a text is what somebody does: erityisasiantuntija, Ministeri, Senior Adviser."""
    words = plain(text).split()
    return bool(words) and (words[0].endswith(PROFESSIONS) or words[-1].endswith(PROFESSIONS))


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str | None:
    small = plain(word).strip(".:")
    if small in LIST_WORDS or small.rpartition("-")[2] in LIST_WORDS or small.endswith(LISTS):
        return "list"
    if small in MAILBOX_WORDS or small.endswith(MAILBOXES):
        return "mailbox"
    mixed = MIXED.search(word) and not word.startswith(("Mc", "Mac", "IJ"))
    return "mailbox" if mixed or small in WHOLE_NAMES or small.endswith(ENDINGS) else None


def nobodys(text: str) -> str | None:
    """Return "list" or "mailbox" for a name that is no person's, else None."""
    if LIST_PREFIX.match(text):
        return "list"
    words = text.split()
    if " -" in text and any(word.startswith("-") and len(word) > 1 for word in words[1:]):
        return "list"  # Digi arkeen -neuvottelukunta
    kinds = {_kind(word) for word in words}
    if "list" in kinds or (words and any(map(str.isdigit, words[-1]))):
        return "list"
    return "mailbox" if "mailbox" in kinds and PARTICLES.isdisjoint(words) else None


def is_mailbox(local: str) -> bool:
    """Whether the part of an address before the @ is a mailbox's that several people read: info, kirjaamo."""
    small = plain(local)
    return small in MAILBOX_WORDS or small.split(".")[0] in MAILBOX_WORDS or small.endswith(MAILBOXES)


def nobodys_address(local: str) -> str | None:
    """Return "list" or "mailbox" for the part before the @ of an address that is no person's, else None."""
    words = [word for word in re.split(r"[._-]", local) if word]
    if any(given_weight(word) == SURE for word in words):
        return None
    if any(_kind(word) == "list" for word in words):
        return "list"
    return "mailbox" if is_mailbox(local) else None
