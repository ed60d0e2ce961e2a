/** What the navigation shows to one person: the pages that their roles open. */

import { staffWords } from "../../messages/words.ts";
import type { Section } from "../../ui/frame/staff-frame.tsx";
import type { Me, Permission } from "../../wire/api.gen.ts";
import { type Screen, SCREENS } from "./screens.ts";
import { SECTIONS, type SectionName } from "./sections.ts";

/** Whether the person's roles permit it. */
export const may = (me: Me, permission: Permission): boolean => me.permissions.includes(permission);

/** Whether the person's work is in rooms: they lead them, or may take one over. */
export const entersRooms = (me: Me): boolean => may(me, "rooms.lead") || may(me, "rooms.oversee");

/** Whether the person may see the page. */
export const opens = (me: Me, { needs }: Screen): boolean => needs === undefined || may(me, needs);

/** The pages of a section that have a link and that the person may see. */
export function linksOf(me: Me, section: SectionName): readonly Screen[] {
  return SCREENS.filter((each) => each.section === section && each.label !== undefined && opens(me, each));
}

/** The sections with at least one page for the person; each leads to its first. */
export function sectionsFor(me: Me): readonly (Section & { readonly name: SectionName })[] {
  return (Object.keys(SECTIONS) as SectionName[]).flatMap((name) => {
    const [first] = linksOf(me, name);
    return first === undefined ? [] : [{ name, href: first.path, label: staffWords.office.sections[name], icon: SECTIONS[name] }];
  });
}
