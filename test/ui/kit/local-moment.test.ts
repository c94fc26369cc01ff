import { date, assert, property } from "fast-check";
import { expect, it } from "vitest";
import { localDay, localMoment } from "../../../ui/kit/local-moment.ts";

it("a moment that a field of day and time shows is read back as the same minute, wherever the agent is", () => {
  const minute = 60_000;
  const years = { min: new Date("1971-01-02T00:00Z"), max: new Date("2199-01-01T00:00Z"), noInvalidDate: true };
  assert(
    property(date(years), (at) => {
      const shown = localMoment(at.toISOString());
      expect(Math.floor(new Date(shown).getTime() / minute)).toBe(Math.floor(at.getTime() / minute));
      expect(shown.startsWith(localDay(at.toISOString()))).toBe(true);
    }),
  );
});
