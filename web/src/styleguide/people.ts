/** People who do not exist. */

export interface Person {
  readonly name: string;
  readonly group: string;
  readonly hours: number | null;
}

const FIRST = ["Ana", "Ben", "Chidi", "Dana", "Elif", "Farah", "Gus", "Hana", "Ines", "Jo", "Kofi"];
const LAST = ["Morrow", "Núñez", "Okafor", "Patel"];
const GROUPS = ["Evening group", "Morning group", "Family", "Left"];

export const PEOPLE: readonly Person[] = Array.from({ length: 43 }, (_, place) => ({
  name: `${FIRST[place % FIRST.length]} ${LAST[Math.floor(place / FIRST.length)]}`,
  group: GROUPS[(place * 7) % GROUPS.length] ?? "",
  hours: place % 9 === 4 ? null : (place * 37) % 130 / 10,
}));
