import { expect, it } from "vitest";
import { livingFileIds } from "../../../ui/upload/chosen-file.ts";

const hour = 3_600_000;
const draftOf = (id: string, at: number) => ({
  domain: "",
  chosen: { id, at, name: "people.csv", size: 1, operation: "createUsers" },
});

it("a file stays for as long as a draft names it, and over a week-end at most", () => {
  const drafts = [
    draftOf("friday", 0),
    draftOf("monday", 70 * hour),
    { domain: "", chosen: null },
    { name: "Ada" },
    [],
    "",
    null,
    7,
  ];
  expect([...livingFileIds(drafts, 71 * hour)]).toEqual(["friday", "monday"]);
  expect([...livingFileIds(drafts, 72 * hour)]).toEqual(["monday"]);
  expect([...livingFileIds([], 0)]).toEqual([]);
});
