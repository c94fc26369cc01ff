import { useQuery } from "@tanstack/react-query";
import { paceBars } from "../kit/pace-bars.ts";
import { PaceChart } from "../kit/PaceChart.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { paceHours, paceQuery } from "./home-queries.ts";
import { homeTexts } from "./home-texts.ts";

const words = homeTexts.pace;
const mostBars = 96;

/** A drawing of the rows that ended in each minute of the last day, by outcome. */
export function PaceOfDay({ running }: { running: boolean }) {
  const { data } = useQuery(paceQuery(running));
  if (data === undefined) return null;
  const { pace, untilMs } = data;
  return (
    <Section title={words.title} lead={words.lead}>
      <Sheet>
        <PaceChart
          label={words.table}
          perSeconds={60}
          pace={paceBars(pace, { fromMs: untilMs - paceHours * 3_600_000, toMs: untilMs, most: mostBars })}
        />
      </Sheet>
    </Section>
  );
}
