"""The texts that clients and guests agree to, by version and language. A version that was used is never changed."""

import hashlib
from collections.abc import Mapping
from typing import Literal

import msgspec

Language = Literal["en", "es"]


class Text(msgspec.Struct, frozen=True):
    """One version of a text, in each language."""

    version: str
    words: Mapping[Language, str]

    def digest(self, language: Language) -> str:
        """SHA-256 (hex) of the text in this language."""
        return hashlib.sha256(self.words[language].encode()).hexdigest()


RELEASE = Text(
    "1",
    {
        "en": (
            "I allow this program to let the person named here take part in my treatment, as far as is marked. They "
            "will learn that I am treated here. Federal law protects my record; what they hear they must not pass on. "
            "I may take this back at any time, and it then ends at once; what was said before cannot be unsaid. My "
            "treatment does not depend on this. It ends on the day given here."
        ),
        "es": (
            "Autorizo a este programa a que la persona indicada aquí participe en mi tratamiento, en la medida "
            "marcada. Sabrá que recibo tratamiento aquí. La ley federal protege mi expediente; lo que oiga no debe "
            "contarlo a nadie. Puedo retirar esta autorización en cualquier momento y entonces termina de inmediato; "
            "lo ya dicho no puede retirarse. Mi tratamiento no depende de esto. Termina el día indicado aquí."
        ),
    },
)
"""What a client signs so that a guest may come."""

CONFIDENTIALITY = Text(
    "1",
    {
        "en": (
            "What you see and hear stays in the session: who is there, and what anybody says. Come alone, to a place "
            "where nobody overhears. Do not record, photograph or write down what others say. Your link is for you "
            "alone."
        ),
        "es": (
            "Lo que usted vea y oiga se queda en la sesión: quién está y lo que cada persona dice. Venga a solas, a un "
            "lugar donde nadie le oiga. No grabe, no fotografíe ni anote lo que digan los demás. Su enlace es solo "
            "para usted."
        ),
    },
)
"""What a guest agrees to before they enter."""
