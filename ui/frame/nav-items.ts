import { BookOpenRegular } from "@fluentui/react-icons/svg/book-open";
import { BuildingRegular } from "@fluentui/react-icons/svg/building";
import { ClipboardTaskListLtrRegular } from "@fluentui/react-icons/svg/clipboard-task-list-ltr";
import { DocumentTableRegular } from "@fluentui/react-icons/svg/document-table";
import { HomeRegular } from "@fluentui/react-icons/svg/home";
import { PeopleSearchRegular } from "@fluentui/react-icons/svg/people-search";
import { PeopleTeamRegular } from "@fluentui/react-icons/svg/people-team";
import { PlugConnectedRegular } from "@fluentui/react-icons/svg/plug-connected";
import { SettingsRegular } from "@fluentui/react-icons/svg/settings";
import { TaskListSquareLtrRegular } from "@fluentui/react-icons/svg/task-list-square-ltr";
import { createElement, type ComponentType, type ReactElement } from "react";
import { type MenuPage, menuPages, pages, type ToolName, toolNames, tools } from "../../contract/pages.ts";
import { frameTexts } from "./frame-texts.ts";

type NavItem = { label: string; icon: ReactElement } & (
  | { to: (typeof pages)[MenuPage]["path"]; href?: undefined }
  | { to?: undefined; href: string }
);

const icons: Record<MenuPage | ToolName, ComponentType> = {
  home: HomeRegular,
  customers: BuildingRegular,
  batches: DocumentTableRegular,
  people: PeopleSearchRegular,
  audit: ClipboardTaskListLtrRegular,
  agents: PeopleTeamRegular,
  webhooks: PlugConnectedRegular,
  settings: SettingsRegular,
  queues: TaskListSquareLtrRegular,
  docs: BookOpenRegular,
};

/** Where the main menu leads: our pages, and what the api serves beside them. */
export const navGroups: { heading: string | null; items: NavItem[] }[] = [
  {
    heading: null,
    items: menuPages.map((name) => ({
      label: pages[name].title,
      icon: createElement(icons[name]),
      to: pages[name].path,
    })),
  },
  {
    heading: frameTexts.nav.tools,
    items: toolNames.map((name) => ({
      label: tools[name].title,
      icon: createElement(icons[name]),
      href: tools[name].path,
    })),
  },
];
