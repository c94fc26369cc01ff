import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { menuPages, type PageName, pages, toolNames, tools } from "../../contract/pages.ts";
import { fileOperationNames, operations } from "../../contract/operations.ts";
import { batchesQuery } from "../batches/batch-queries.ts";
import { batchTitle } from "../batches/batch-title.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { customerQuery, customersQuery } from "../customers/customer-queries.ts";
import { offeredCommands } from "../kit/offered-commands.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { frameTexts } from "./frame-texts.ts";
import { matching, type PaletteItem } from "./palette-item.ts";
import { usePageName } from "./use-page-name.ts";
import { useSignOut } from "./use-sign-out.ts";
import { chooseTheme, themeChoices } from "./use-theme-choice.ts";

const words = frameTexts.palette;
const mostOfAKind = 6;
const fewestLetters = 2;
const actsAtCustomer = [
  "newUser",
  "upload",
  "users",
  "deletedUsers",
  "customerBatches",
  "products",
  "customerGrants",
  "customerAudit",
] as const;

type OnOpen = (what: "shortcuts" | "help") => void;

/**
 * What the palette offers for what is `typed`: with `only` customers, those and nothing else. What the pages know themselves
 * follows each letter, so that Enter never takes what was offered before it; the server is asked for `q`, which has rested.
 */
export function usePaletteItems(
  { typed, q }: { typed: string; q: string },
  only: "customers" | undefined,
  onOpen: OnOpen,
): PaletteItem[] {
  const customers = useCustomers(q, only === undefined);
  const actions = useActions(onOpen);
  const users = useUsers(q, only === undefined);
  const batches = useBatches(q, only === undefined);
  if (only === "customers") return customers;
  return [...matching(actions, typed), ...customers, ...users, ...batches];
}

function useActions(onOpen: OnOpen): PaletteItem[] {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { customerId } = useParams({ strict: false });
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== undefined });
  const name = customer.data?.name;
  const here: PaletteItem[] =
    customerId === undefined || name === undefined
      ? []
      : [
          ...actsAtCustomer.map((page) => ({
            key: `at ${page}`,
            group: words.actions,
            label: words.at(pages[page].title, name),
            choose: () => void navigate({ to: pages[page].path, params: { customerId } }),
          })),
          ...fileOperationNames.map((operation) => ({
            key: `upload ${operation}`,
            group: words.actions,
            label: words.at(uploadTexts.upload.operations[operation].title, name),
            choose: () =>
              void navigate({
                to: pages.upload.path,
                params: { customerId },
                search: { operation: operations[operation].slug },
              }),
          })),
        ];
  return [
    ...onThisPage(),
    ...here,
    ...menuPages.map((page) => ({
      key: page,
      group: words.pages,
      label: pages[page].title,
      choose: () => void navigate({ to: pages[page].path }),
    })),
    ...toolNames.map((tool) => ({
      key: tool,
      group: words.pages,
      label: tools[tool].title,
      choose: () => window.location.assign(tools[tool].path),
    })),
    ...themeChoices.map((theme) => ({
      key: theme,
      group: words.actions,
      label: words.theme(frameTexts.nav.themes[theme]),
      choose: () => chooseTheme(theme),
    })),
    ...(["help", "shortcuts"] as const).map((what) => ({
      key: what,
      group: words.actions,
      label: what === "help" ? frameTexts.help.open : frameTexts.shortcuts.title,
      choose: () => onOpen(what),
    })),
    { key: "signOut", group: words.actions, label: frameTexts.nav.signOut, choose: () => void signOut() },
  ];
}

/** The commands that stand on the page, greyed as they are there. */
function onThisPage(): PaletteItem[] {
  return offeredCommands().map(({ command: { key, label, reason, onUse }, place }) => ({
    key: `here ${place} ${key}`,
    group: words.here,
    label,
    beside: place === "" ? undefined : place,
    reason,
    choose: onUse,
  }));
}

/** Customers lead to their users; from a page of another customer to that same page. */
function useCustomers(q: string, few: boolean): PaletteItem[] {
  const navigate = useNavigate();
  const page = usePageName();
  const list = useInfiniteQuery(customersQuery(q));
  const found = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const same = sameAtCustomer.find((one) => one === page) ?? "users";
  return found.slice(0, few ? mostOfAKind : undefined).map(({ id, name, domains }) => ({
    key: id,
    group: words.customers,
    label: name,
    beside: domains.find(({ isDefault }) => isDefault)?.name,
    choose: () => void navigate({ to: pages[few ? "users" : same].path, params: { customerId: id } }),
  }));
}

const sameAtCustomer = [
  "users",
  "deletedUsers",
  "customerBatches",
  "products",
  "customerGrants",
  "customerAudit",
] as const satisfies PageName[];

function useUsers(q: string, wanted: boolean): PaletteItem[] {
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: [...queryKeys.people(q), mostOfAKind],
    queryFn: ({ signal }) => callRoute("search", { query: { q, limit: mostOfAKind }, signal }),
    enabled: wanted && q.length >= fewestLetters,
    placeholderData: keepPreviousData,
  });
  if (q.length < fewestLetters) return [];
  return (found.data?.users.items ?? []).map(({ userId, customer, displayName, userPrincipalName, state }) => ({
    key: userId,
    group: words.users,
    label: displayName,
    beside: [userPrincipalName, customer.name, ...(state === "active" ? [] : [words.deleted])].join(" · "),
    choose: () =>
      void navigate({
        to: pages[state === "active" ? "users" : "deletedUsers"].path,
        params: { customerId: customer.id },
        search: { user: userId },
      }),
  }));
}

function useBatches(q: string, wanted: boolean): PaletteItem[] {
  const navigate = useNavigate();
  const list = useInfiniteQuery({ ...batchesQuery({ q }), enabled: wanted && q !== "" });
  if (q === "") return [];
  return (list.data?.pages.flatMap(({ items }) => items) ?? [])
    .slice(0, mostOfAKind)
    .map(({ id, no, customerName, totals, ...batch }) => ({
      key: id,
      group: words.batches,
      label: `${no} ${batchTitle({ ...batch, rows: totals.rows })}`,
      beside: customerName,
      choose: () => void navigate({ to: pages.batch.path, params: { batchId: id } }),
    }));
}
