/** The sections of the office: what its navigation shows. */

import type { ComponentType } from "preact";
import { BookOpen, Building2, CalendarDays, IdCard, Inbox, KeyRound, Users } from "../../icons.ts";

/** In the order of the navigation. */
export const SECTIONS = {
  today: CalendarDays,
  clients: Users,
  inquiries: Inbox,
  programs: BookOpen,
  staff: IdCard,
  clinic: Building2,
  me: KeyRound,
} satisfies Readonly<Record<string, ComponentType<{ "aria-hidden": "true" }>>>;

export type SectionName = keyof typeof SECTIONS;
