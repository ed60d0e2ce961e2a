import { locale, staffWords } from "../../messages/words.ts";
import { clock } from "../../format.ts";
import { at } from "../../now.ts";
import { Combobox } from "../search/combobox.tsx";
import { SHOWN } from "../search/combobox-list.tsx";
import type { FieldProps } from "../forms/field.tsx";
import type { Option } from "../search/matching.ts";
import { findZones, showZone, type ZoneName } from "./parse/zones.ts";

interface Props extends FieldProps {
  readonly value: ZoneName | null;
  readonly onChange: (zone: ZoneName | null) => void;
}

/** A time zone, found by city, by name or by offset; each option shows its current time. */
export function ZoneField({ value, onChange, ...field }: Props) {
  return (
    <Combobox
      help={staffWords.parts.time.zoneHelp}
      {...field}
      chosen={value === null ? null : optionOf(value)}
      onChoose={(option) => onChange(option?.value ?? null)}
      find={(typed) => some(findZones(typed, at()))}
    />
  );
}

/** Only shown options are written out; for the rest the list needs only their number. */
function some(zones: readonly ZoneName[]): readonly Option[] {
  return zones.map((zone, place) => (place < SHOWN ? optionOf(zone) : { value: zone, label: zone }));
}

function optionOf(zone: ZoneName): Option {
  const { label, place, offset } = showZone(zone, at(), locale());
  const detail = staffWords.parts.time.zoneDetail(place, clock(at(), { zone, locale: locale() }), offset);
  return { value: zone, label, detail };
}
