import { useState } from "preact/hooks";
import { DateField } from "../ui/time/date-field.tsx";
import { DurationField } from "../ui/time/duration-field.tsx";
import { TimeField } from "../ui/time/time-field.tsx";
import { ZoneField } from "../ui/time/zone-field.tsx";

const NONE = () => undefined;

export function TypedSection() {
  const [day, setDay] = useState<string | null>(null);
  const [starts, setStarts] = useState<string | null>("18:00");
  const [ends, setEnds] = useState<string | null>(null);
  const [lasts, setLasts] = useState<number | null>(5400);
  const [zone, setZone] = useState<string | null>("America/New_York");
  return (
    <>
      <div class="guide-grid">
        <DateField label="Day" required value={day} onChange={setDay} />
        <TimeField label="Starts" required value={starts} onChange={setStarts} />
        <TimeField label="Ends" required value={ends} onChange={setEnds} after={starts} />
        <DurationField label="Lasts" required value={lasts} onChange={setLasts} />
        <ZoneField label="Time zone" required value={zone} onChange={setZone} />
      </div>
      <h3>Disabled and wrong</h3>
      <div class="guide-grid">
        <DateField label="Born" disabled value="1984-05-17" leaning="past" onChange={NONE} />
        <DateField label="Discharged" required value="2026-03-04" first="2026-04-01" onChange={NONE} />
        <TimeField label="Break" required value={null} error="Say when the break begins." onChange={NONE} />
        <DurationField label="Break lasts" disabled value={900} onChange={NONE} />
      </div>
    </>
  );
}
