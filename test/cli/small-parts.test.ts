import { describe, expect, it } from "vitest";
import { exitOfBundle } from "../../cli/exit-codes.ts";
import { bundleHasEnded } from "../../cli/follow-bundle.ts";
import { nextCommand } from "../../cli/next-command.ts";
import { makePrinter, type Printer } from "../../cli/printer.ts";
import { count, duration, amountOf, size } from "../../cli/units.ts";

/** A printer whose screen is kept, with a clock that stands at `clock.now`. */
function printer(screen: { isTTY?: boolean; columns?: number }): Printer & { clock: { now: number }; text(): string } {
  const written: string[] = [];
  const clock = { now: 0 };
  const made = makePrinter({ ...screen, write: (text) => written.push(text) }, () => clock.now);
  return { ...made, clock, text: () => written.join("") };
}

describe("on a terminal", () => {
  it("progress is one line that is drawn over itself, at most ten times a second and always at the end", () => {
    const screen = printer({ isTTY: true, columns: 120 });
    for (const at of [0, 10, 20, 30]) screen.progress(at / 100, `${at} of 100 rows`);
    screen.clock.now = 150;
    screen.progress(0.4, "40 of 100 rows");
    screen.progress(1, "100 of 100 rows");
    screen.say("done");
    const [line = "", last] = screen.text().split("\n");
    expect(
      line
        .split("\r")
        .slice(1)
        .map((drawn) => drawn.replace(/^\[.*\] /, "")),
    ).toEqual(["0 of 100 rows\u001B[K", "40 of 100 rows\u001B[K", "100 of 100 rows\u001B[K"]);
    expect(line).toContain(`[${"█".repeat(16)}${"·".repeat(24)}]`);
    expect(last).toBe("done");
  });

  it.each([24, 60, 80, 0])("of %i columns the line is never longer than that", (columns) => {
    const screen = printer({ isTTY: true, columns });
    screen.progress(0.5, "123,456 of 1,000,000 rows · 12,345 rows/s · 1 min 20 s left");
    const drawn = screen.text().replace("\r", "").replace("\u001B[K", "");
    expect(drawn.length).toBeLessThan(columns === 0 ? 80 : columns);
  });

  it("of 80 columns the bar is shorter, so that the time left has its place", () => {
    const screen = printer({ isTTY: true, columns: 80 });
    screen.progress(0.5, "123,456 of 1,000,000 rows · 12,345 rows/s · 1 min 20 s left");
    expect(screen.text()).toContain("20 s left");
  });
});

describe("elsewhere", () => {
  it("progress is a plain line for each tenth, and one at least every ten seconds", () => {
    const screen = printer({});
    for (let at = 0; at <= 25; at++) screen.progress(at / 100, `${at} %`);
    screen.clock.now = 10_000;
    screen.progress(0.26, "26 %");
    screen.progress(0.27, "27 %");
    screen.progress(1, "100 %");
    expect(screen.text()).toBe("0 %\n10 %\n20 %\n26 %\n100 %\n");
  });

  it("the same words are not said twice in a row", () => {
    const screen = printer({});
    screen.progress(1, "2 of 2 rows");
    screen.clock.now = 60_000;
    screen.progress(1, "2 of 2 rows");
    expect(screen.text()).toBe("2 of 2 rows\n");
  });
});

it("what steers a terminal or turns the direction of reading is shown as a replacement", () => {
  const screen = printer({});
  screen.say("a\u001B[2Jb\u0007c\u202Ed\u2066e\u009Bf é 美");
  expect(screen.text()).toBe("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf é 美\n");
});

it("a command is quoted for a shell where it has to be", () => {
  const order = { file: "Ana's $HOME.csv", server: "https://muster.example/m" };
  expect(nextCommand("node dist/main.js", order, "42", ["--wait"])).toBe(
    "node dist/main.js import 'Ana'\\''s $HOME.csv' --server https://muster.example/m --batch 42 --wait",
  );
});

it("numbers, sizes and times are written as people read them", () => {
  expect([count(1_234_567), amountOf(1, "row"), amountOf(2_000, "row")]).toEqual(["1,234,567", "1 row", "2,000 rows"]);
  expect([size(1), size(71_234), size(2_660_000)]).toEqual(["1 byte", "71 kB", "2.7 MB"]);
  expect([duration(17.4), duration(80), duration(7_500)]).toEqual(["17 s", "1 min 20 s", "2 h 5 min"]);
});

it("a file for many customers has not ended while a retry of its rows awaits approval", () => {
  const totals = { pending: 0, succeeded: 1, unchanged: 0, partial: 0, failed: 9, cancelled: 0 };
  const asked = { states: { finished: 1, awaiting_approval: 1 }, totals, refused: 0 };
  expect([bundleHasEnded(asked), exitOfBundle(asked, false)]).toEqual([false, 5]);
  const answered = { ...asked, states: { finished: 2 } };
  expect([bundleHasEnded(answered), exitOfBundle(answered, false)]).toEqual([true, 1]);
});
