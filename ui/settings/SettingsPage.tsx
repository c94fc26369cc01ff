import { Button, Radio, RadioGroup } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { meQuery } from "../client/me-query.ts";
import { frameTexts } from "../frame/frame-texts.ts";
import { chooseTheme, themeChoices, type ThemeChoice, useThemeChoice } from "../frame/use-theme-choice.ts";
import { notificationTexts } from "../notifications/notification-texts.ts";
import { BrakeLimitsSection } from "../customers/BrakeLimitsSection.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { Section, Sections } from "../kit/Section.tsx";
import { useTitle } from "../kit/use-title.ts";
import { AccountFacts } from "./AccountFacts.tsx";
import { AllApiKeys } from "./AllApiKeys.tsx";
import { ApiKeyTable } from "./ApiKeyTable.tsx";
import { NotificationChoice } from "./NotificationChoice.tsx";
import { SessionList } from "./SessionList.tsx";
import { ownKeysQuery } from "./settings-queries.ts";
import { settingsTexts } from "./settings-texts.ts";

const NewKeyDialog = lazy(async () => ({ default: (await import("./NewKeyDialog.tsx")).NewKeyDialog }));

const { notifications } = notificationTexts;
const { settings: words, keys, sessions } = settingsTexts;

/** The agent's own account: password, authenticator app, sign-ins, API keys, the look and notifications; for Admin agents also all API keys. */
export function SettingsPage() {
  useTitle(pages.settings.title);
  const me = useQuery(meQuery);
  return (
    <>
      <PageHead title={pages.settings.title} />
      <QueryGate query={me}>
        {(agent) => (
          <Sections>
            <Section title={words.account}>
              <AccountFacts me={agent} />
            </Section>
            <Section title={sessions.title} lead={sessions.lead}>
              <SessionList />
            </Section>
            <OwnApiKeys />
            <Section title={words.look}>
              <Look />
            </Section>
            <Section title={notifications.title} lead={notifications.lead}>
              <NotificationChoice />
            </Section>
            <BrakeLimitsSection customerId={null} />
            <Section title={keys.allTitle} lead={keys.allLead}>
              <AllApiKeys />
            </Section>
          </Sections>
        )}
      </QueryGate>
    </>
  );
}

function OwnApiKeys() {
  const list = useQuery(ownKeysQuery);
  const [making, setMaking] = useState(false);
  return (
    <Section
      title={keys.title}
      lead={keys.lead}
      acts={
        <Button size="small" icon={<AddRegular />} onClick={() => setMaking(true)}>
          {keys.make}
        </Button>
      }
    >
      <ApiKeyTable label={keys.title} list={{ ...list, items: list.data }} emptyLead={keys.emptyLead} />
      {making && (
        <Suspense>
          <NewKeyDialog onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </Section>
  );
}

function Look() {
  const choice = useThemeChoice();
  return (
    <RadioGroup
      layout="horizontal"
      aria-label={words.look}
      value={choice}
      onChange={(_event, { value }) => chooseTheme(value as ThemeChoice)}
    >
      {themeChoices.map((one) => (
        <Radio key={one} value={one} label={frameTexts.nav.themes[one]} />
      ))}
    </RadioGroup>
  );
}
