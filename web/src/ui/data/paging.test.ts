import { describe, expect, it } from "vitest";
import { pageAt, rowsOn } from "./paging.ts";

const ROWS = Array.from({ length: 23 }, (_, place) => place + 1);

describe("a page of rows", () => {
  it("holds only its rows", () => {
    const pages = [1, 2, 3].map((number) => rowsOn(ROWS, pageAt(number, 10, ROWS.length)));
    expect(pages.flat()).toEqual(ROWS);
    expect(pageAt(3, 10, 23)).toEqual({ number: 3, pages: 3, size: 10, first: 21, last: 23, all: 23 });
  });

  it("is the nearest page when rows were removed", () => {
    expect(pageAt(9, 10, 23).number).toBe(3);
    expect(pageAt(0, 10, 23).number).toBe(1);
  });

  it("is a single page when exactly full or empty", () => {
    expect(pageAt(1, 10, 10)).toEqual({ number: 1, pages: 1, size: 10, first: 1, last: 10, all: 10 });
    expect(pageAt(1, 10, 0)).toEqual({ number: 1, pages: 1, size: 10, first: 0, last: 0, all: 0 });
    expect(rowsOn([], pageAt(1, 10, 0))).toEqual([]);
  });
});
