import { BookOpenRegular } from "@fluentui/react-icons/svg/book-open";
import { BuildingRegular } from "@fluentui/react-icons/svg/building";
import { DocumentTableRegular } from "@fluentui/react-icons/svg/document-table";
import { TaskListSquareLtrRegular } from "@fluentui/react-icons/svg/task-list-square-ltr";
import { createElement, type ReactElement } from "react";
import { texts } from "../texts.ts";

type NavItem = { label: string; icon: ReactElement } & (
  | { to: "/customers" | "/batches"; href?: undefined }
  | { to?: undefined; href: "/queues" | "/docs" }
);

/** Where the main menu leads: our pages, and what the api serves beside them. */
export const navGroups: { heading: string | null; items: NavItem[] }[] = [
  {
    heading: null,
    items: [
      { label: texts.nav.customers, icon: createElement(BuildingRegular), to: "/customers" },
      { label: texts.nav.batches, icon: createElement(DocumentTableRegular), to: "/batches" },
    ],
  },
  {
    heading: texts.nav.tools,
    items: [
      { label: texts.nav.queues, icon: createElement(TaskListSquareLtrRegular), href: "/queues" },
      { label: texts.nav.docs, icon: createElement(BookOpenRegular), href: "/docs" },
    ],
  },
];
