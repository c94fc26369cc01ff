import { array, assert, integer, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { paceBars, roundedUp } from "../../../ui/kit/pace-bars.ts";

const noon = Date.parse("2026-05-04T12:00:00Z");
const minute = 60_000;
const none = { succeeded: 0, unchanged: 0, partial: 0, failed: 0 };

describe("the bars of a drawing of pace", () => {
  it("lose no row that ended within, whatever the width, and every bar has its place in time", () => {
    const outcomes = record({
      minutesAgo: integer({ min: 0, max: 1439 }),
      succeeded: nat(5000),
      failed: nat(50),
    });
    assert(
      property(array(outcomes), integer({ min: 10, max: 300 }), (ended, most) => {
        const spans = ended.map(({ minutesAgo, ...counts }) => ({
          ...none,
          ...counts,
          at: new Date(noon - minutesAgo * minute).toISOString(),
        }));
        const fromMs = noon - 1440 * minute;
        const { bars, sums, barSeconds, peak } = paceBars(
          { seconds: 60, spans },
          { fromMs, toMs: noon + minute, most },
        );
        const rows = ended.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0);
        expect(sums.rows).toBe(rows);
        expect(bars.reduce((sum, bar) => sum + bar.rows, 0)).toBe(rows);
        expect(peak.rows).toBe(Math.max(...bars.map((bar) => bar.rows)));
        expect(bars.length).toBeLessThanOrEqual(most + 2);
        expect(barSeconds % 60).toBe(0);
        expect(bars.every(({ at }, no) => at === (bars[0]?.at ?? 0) + no * barSeconds * 1000)).toBe(true);
      }),
    );
  });

  it("leave out what ended before or after", () => {
    const spans = [noon - 3 * minute, noon, noon + 30 * minute].map((ms) => ({
      ...none,
      succeeded: 1,
      at: new Date(ms).toISOString(),
    }));
    expect(paceBars({ seconds: 60, spans }, { fromMs: noon - minute, toMs: noon + minute, most: 10 }).sums.rows).toBe(
      1,
    );
  });

  it("stand under a round number", () => {
    expect([0, 1, 3, 7, 12, 48, 99, 1001].map(roundedUp)).toEqual([1, 1, 5, 10, 20, 50, 100, 2000]);
  });
});
