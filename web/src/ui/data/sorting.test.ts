import { describe, expect, it } from "vitest";
import { type Direction, pressed, sorted } from "./sorting.ts";

const ROOMS = [{ name: "Room 10", held: 3 }, { name: "room 2", held: null }, { name: "Área", held: 11 }, { name: "Room 1", held: 3 }];

const held = (direction: Direction) => sorted(ROOMS, (row) => row.held, direction).map(({ name }) => name);

describe("rows in order", () => {
  it("are sorted as people sort: numbers in names by size, ignoring case and accents", () =>
    expect(sorted(ROOMS, ({ name }) => name, "ascending", "en").map(({ name }) => name)).toEqual(["Área", "Room 1", "room 2", "Room 10"]));

  it("without a value come last in both directions, and equal ones keep their order", () => {
    expect(held("ascending")).toEqual(["Room 10", "Room 1", "Área", "room 2"]);
    expect(held("descending")).toEqual(["Área", "Room 10", "Room 1", "room 2"]);
  });

  it("leave the original rows unchanged", () => {
    sorted(ROOMS, ({ name }) => name, "descending");
    expect(ROOMS[0]?.name).toBe("Room 10");
  });

  it("are reversed when their column is pressed again", () => {
    const first = pressed(null, "name");
    expect(first).toEqual({ column: "name", direction: "ascending" });
    expect(pressed(first, "name").direction).toBe("descending");
    expect(pressed(pressed(first, "name"), "name").direction).toBe("ascending");
    expect(pressed(first, "held")).toEqual({ column: "held", direction: "ascending" });
  });
});
