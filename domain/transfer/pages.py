"""A copy as a page to read and print: one file without scripts, in the client's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.proof.wording import length
from domain.transfer.copies import CopiedSession, Copy

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c;
       background: #fff; overflow-wrap: anywhere; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #bbb; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #ddd; }
.note { white-space: pre-wrap; border-left: .25rem solid #bbb; padding-left: 1rem; }
.scroll { overflow-x: auto; } section { break-inside: auto; } h2, h3, tr { break-after: avoid; break-inside: avoid; }
"""

Words = Mapping[str, str]
EN: Words = {
    "title": "Your record", "made": "Made on", "at": "by", "person": "You", "name": "Name", "legal_name": "Legal name",
    "alias": "Alias that others see", "born": "Date of birth", "language": "Language", "timezone": "Time zone",
    "home_state": "Home state", "contacts": "How to reach you", "kind": "Kind", "value": "Number or address",
    "message": "A message may be left", "best": "Best time", "emergency": "Emergency contact", "relation": "Relation",
    "ids": "Ids in other systems", "system": "System", "id": "Id", "diagnoses": "Diagnosis codes", "code": "Code",
    "from": "From", "until": "Until", "enrolments": "Programs and dated acts", "act": "Act", "phase": "Phase",
    "reason": "Reason", "words": "Words", "withdrawn": "taken back", "sessions": "Attendance, with the reasons",
    "start": "Start", "end": "End", "seconds": "Length", "credited": "Credited", "notes": "Signed notes",
    "signed": "signed by", "left_out": "Signed notes that are not in this copy, because the person who made it may not "
    "read notes:", "consents": "Consents", "recipient": "Recipient", "purpose": "Purpose", "signed_at": "Signed",
    "expires": "Expires", "revoked": "Revoked", "disclosures": "To whom your record was disclosed", "when": "When",
    "facts": "Facts", "looks": "Who looked at your record", "who": "Who", "what": "What", "did": "Did",
    "more": "Older looks are left out here. Ask the clinic for them.", "yes": "yes", "no": "no", "none": "Nothing.",
    "close": "somebody close to you", "whole": "with all records of the clinic", "somebody": "unknown",
}  # fmt: skip
ES: Words = {
    "title": "Su expediente", "made": "Hecho el", "at": "por", "person": "Usted", "name": "Nombre",
    "legal_name": "Nombre legal", "alias": "Alias que ven los demás", "born": "Fecha de nacimiento",
    "language": "Idioma", "timezone": "Zona horaria", "home_state": "Estado de residencia",
    "contacts": "Cómo comunicarse con usted", "kind": "Tipo", "value": "Número o dirección",
    "message": "Se puede dejar un mensaje", "best": "Mejor hora", "emergency": "Contacto de emergencia",
    "relation": "Parentesco", "ids": "Identificadores en otros sistemas", "system": "Sistema", "id": "Identificador",
    "diagnoses": "Códigos de diagnóstico", "code": "Código", "from": "Desde", "until": "Hasta",
    "enrolments": "Programas y actos con fecha", "act": "Acto", "phase": "Fase", "reason": "Motivo",
    "words": "Palabras", "withdrawn": "retirado", "sessions": "Asistencia, con los motivos",
    "start": "Inicio", "end": "Fin", "seconds": "Duración", "credited": "Acreditado", "notes": "Notas firmadas",
    "signed": "firmada por", "left_out": "Notas firmadas que no están en esta copia, porque quien la hizo no puede "
    "leer notas:", "consents": "Consentimientos", "recipient": "Destinatario", "purpose": "Propósito",
    "signed_at": "Firmado", "expires": "Vence", "revoked": "Revocado",
    "disclosures": "A quién se divulgó su expediente", "when": "Cuándo", "facts": "Hechos",
    "looks": "Quién miró su expediente", "who": "Quién", "what": "Qué", "did": "Hizo",
    "more": "Aquí faltan las miradas más antiguas. Pídalas a la clínica.", "yes": "sí", "no": "no", "none": "Nada.",
    "close": "una persona cercana a usted", "whole": "con todos los expedientes de la clínica",
    "somebody": "desconocido",
}  # fmt: skip

Cell = object
One = TypeVar("One")


def page(copy: Copy) -> str:
    """The page, whole."""
    language = "es" if (copy.client.language or "").split("-")[0] == "es" else "en"
    return _Page(copy, ES if language == "es" else EN).text(language)


class _Page:
    def __init__(self, copy: Copy, words: Words) -> None:
        self._copy, self._words, self._zone = copy, words, ZoneInfo(copy.timezone)

    def text(self, language: str) -> str:
        copy, words = self._copy, self._words
        parts: list[tuple[str, Callable[[], str]]] = [
            ("person", self._person), ("contacts", self._contacts), ("diagnoses", self._diagnoses),
            ("enrolments", self._enrolments), ("sessions", self._sessions), ("notes", self._notes),
            ("consents", self._consents), ("disclosures", self._disclosures), ("looks", self._looks),
        ]  # fmt: skip
        sections = "".join(f"<section><h2>{words[name]}</h2>{part()}</section>" for name, part in parts)
        made = f"{words['made']} {self._instant(copy.made_at)} {words['at']} {escape(copy.clinic)}"
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{words["title"]}</title>'
            f"<style>{_STYLE}</style></head><body><main>"
            f"<h1>{words['title']}: <bdi>{escape(copy.client.name)}</bdi></h1>"
            f"<p>{made}</p>{sections}</main></body></html>"
        )

    def _person(self) -> str:
        one = self._copy.client
        said = [
            ("name", one.name), ("legal_name", one.legal_name), ("alias", one.alias), ("born", one.date_of_birth),
            ("language", one.language), ("timezone", one.timezone), ("home_state", one.home_state),
        ]  # fmt: skip
        rows = [[self._words[name], value] for name, value in said if value]
        ids = self._table(("system", "id"), [[one.system, one.value] for one in one.external_ids], "ids")
        return self._table((), rows) + (ids if one.external_ids else "")

    def _contacts(self) -> str:
        one = self._copy.client
        ways = [[way.kind, way.value, self._yes(way.may_leave_message), way.best_time] for way in one.contacts]
        called = [[one.emergency.name, one.emergency.relation, one.emergency.phone]] if one.emergency else []
        return self._table(("kind", "value", "message", "best"), ways) + (
            self._table(("name", "relation", "value"), called, "emergency") if called else ""
        )

    def _diagnoses(self) -> str:
        rows = [[one.code, one.starts_on, one.ends_on] for one in self._copy.diagnoses]
        return self._table(("code", "from", "until"), rows)

    def _enrolments(self) -> str:
        return self._each(self._copy.enrolments, lambda one: one.program, lambda one: self._table(
            ("act", "from", "phase", "reason", "words"),
            [
                [f"{act.kind} ({self._words['withdrawn']})" if act.withdrawn else act.kind, act.from_on, act.phase,
                 act.reason, act.words]
                for act in one.acts
            ],
        ))  # fmt: skip

    def _sessions(self) -> str:
        return self._each(self._copy.sessions, self._session_title, lambda one: self._table(
            ("start", "end", "seconds", "reason"),
            [[self._instant(span.start), self._instant(span.end), length(span.seconds), span.reason]
             for span in one.derivation],
        ))  # fmt: skip

    def _session_title(self, one: CopiedSession) -> str:
        return f"{one.service_date} {one.title or one.kind}: {self._words['credited']} {length(one.credited_s)}"

    def _notes(self) -> str:
        left = self._copy.notes_left_out
        said = f"<p>{self._words['left_out']} {left}.</p>" if left else ""
        texts = "".join(
            f'<div class="note">{escape(note.text)}</div><p>{escape(note.author)}; {self._words["signed"]} '
            f"{escape(note.signed_by)}, {self._instant(note.signed_at)}</p>"
            for note in self._copy.notes
        )
        return said + texts or self._nothing()

    def _consents(self) -> str:
        rows = [
            [one.recipient or self._words["close"], one.purpose, self._instant(one.signed_at),
             self._instant(one.expires_at), self._instant(one.revoked_at)]
            for one in self._copy.consents
        ]  # fmt: skip
        return self._table(("recipient", "purpose", "signed_at", "expires", "revoked"), rows)

    def _disclosures(self) -> str:
        rows = [
            [self._instant(one.at), one.recipient or self._words["whole"], one.purpose, one.events]
            for one in self._copy.disclosures
        ]
        return self._table(("when", "recipient", "purpose", "facts"), rows)

    def _looks(self) -> str:
        rows = [
            [self._instant(one.at), one.by or self._words["somebody"], one.record, one.did] for one in self._copy.looks
        ]
        more = f"<p>{self._words['more']}</p>" if self._copy.more_looks else ""
        return self._table(("when", "who", "what", "did"), rows) + more

    def _each(self, all: Sequence[One], title: Callable[[One], str], body: Callable[[One], str]) -> str:
        return "".join(f"<h3>{escape(title(one))}</h3>{body(one)}" for one in all) or self._nothing()

    def _table(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> str:
        lines = [f"<tr>{''.join(f'<td><bdi>{_text(cell)}</bdi></td>' for cell in row)}</tr>" for row in rows]
        if not lines:
            return self._nothing()
        named = f"<caption>{self._words[caption]}</caption>" if caption else ""
        heads = "".join(f'<th scope="col">{self._words[column]}</th>' for column in columns)
        head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
        return f'<div class="scroll"><table>{named}{head}<tbody>{"".join(lines)}</tbody></table></div>'

    def _nothing(self) -> str:
        return f"<p>{self._words['none']}</p>"

    def _yes(self, value: bool) -> str:
        return self._words["yes" if value else "no"]

    def _instant(self, at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(self._zone):%Y-%m-%d %H:%M:%S}"


def _text(cell: Cell) -> str:
    return "" if cell is None else escape(str(cell))
