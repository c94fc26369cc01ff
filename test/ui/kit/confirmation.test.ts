import { expect, it } from "vitest";
import { confirmationFor, isConfirmed } from "../../../ui/kit/confirmation.ts";

it("up to 50 nothing has to be typed, above the number has", () => {
  expect([confirmationFor({ count: 50 }), confirmationFor({ count: 51 })]).toEqual([null, "51"]);
  expect(isConfirmed(null, "")).toBe(true);
  expect(confirmationFor({ count: 2, always: true })).toBe("2");
});

it("the number is taken as people of any country write it, and no other number is", () => {
  for (const typed of ["2488", " 2,488 ", "2.488", "2 488", "2 488", "2’488"])
    expect(isConfirmed("2488", typed)).toBe(true);
  for (const typed of ["", "248", "24880", "-2488", "all"]) expect(isConfirmed("2488", typed)).toBe(false);
});

it("a name is taken in any case and composition, and no part of it is", () => {
  const name = confirmationFor({ name: "José Núñez" });
  expect(isConfirmed(name, " josé núñez ".normalize("NFD"))).toBe(true);
  for (const typed of ["", "José", "Jose Nunez"]) expect(isConfirmed(name, typed)).toBe(false);
});
