"""Letters by a harbour, a hospice and a society to those who had written to them, for tests of whom words mean."""

from vectorstore.letter import Letter
from vectorstore.make import make_letter


def _letter(source: str, head: str, body: str, closing: str) -> Letter:
    return make_letter(f"{head}\n\n{body}\n\nYours sincerely\n\n{closing}\n".encode(), source)


HARBOUR_2020 = _letter(
    "harbour_2020.txt",
    "Port Selwyn Harbour Company\nCapstan House, Mole Street, Port Selwyn PS1 1AA\nTel: 01999 555 200\n\n"
    "Ms Orla Finch\nHead of Safety\nSeawatch\n3 Canal Reach\nLowford LF1 4BB\n\n"
    "PSH ref. H-2020-88\nYour ref: SW/5512\n\n9 November 2020\n\nDear Ms Finch\n\nSeawatch's review of the grounding",
    "We restored the last light on 9 August 2020. Dredging cost £2 million.",
    "Anton Reiss\nManaging Director\n\nCopied to: Port Selwyn Pilots\nCrown Moorings Board",
)
HARBOUR_2023 = _letter(
    "harbour_2023.txt",
    "Port Selwyn Harbour Company\nCapstan House, Mole Street, Port Selwyn PS1 1AA\n\n"
    "Mr Dev Patel\nOffice of Sea and Estuary Safety\n3 Canal Reach\nLowford LF1 4BB\n\n"
    "Our ref: H-2023-03\n\n2 May 2023\n\nDear Mr Patel\n\nYour letter of 11 March 2023",
    "Dredging cost £3 million. The new crane was tried in February 2022.",
    "Anton Reiss\nManaging Director",
)
HOSPICE = _letter(
    "hospice.txt",
    "ROWAN VALLEY HOSPICE\nRowan Bank, Orme OR1 2SS\n\nDr Lionel Ash\nArea Coroner\nCoroner's Office\nShire Hall\n"
    "Tarn TH1 1AA\n\nOur Ref RVH/77\nCoroner's ref: 4471/22\n\n5 December 2022\n\nDear Dr Ash\n\nMiss Edna Quill",
    "We accept that the chart was misread. The wait for a bed was nine days in March 2022.",
    "Beatrix Nolan\nChief Executive",
)
SOCIETY = _letter(
    "society.txt",
    "Sallow Street Society\n4 Sallow Street, Lowford LF3 3QQ\n\nSir Hugh Pellow\nChair, Collections Committee\n"
    "Heritage Council\n8 Dean Row\nLowford LF1 1AB\n\n17 January 2022\n\nDear Sir Hugh\n\nThe Sallow hoard",
    "The first gallery opened in June. Visitors came by boat from the harbour.",
    "Petra Lund\nCurator",
)
LETTERS = (HARBOUR_2020, SOCIETY, HOSPICE, HARBOUR_2023)
