import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ListEnds } from "../kit/use-list-ends.ts";
import { usersCountQuery, usersQuery, type UserListFilter } from "./user-queries.ts";

/** The users of a list as far as they are read, in the order of the list: from its start on, or back from its end. */
export function useUserPages(customerId: string, filter: UserListFilter) {
  const asked = JSON.stringify(filter);
  // Another filter or order begins at its start.
  const [endOf, setEndOf] = useState<string | null>(null);
  const list = useInfiniteQuery(usersQuery(customerId, filter, endOf === asked ? "end" : "start"));
  // Counting a million users takes Postgres longer than finding the first rows, which wait for nothing.
  const enabled = list.isSuccess && !list.isPlaceholderData;
  const { data: total } = useQuery({ ...usersCountQuery(customerId, filter), enabled });
  const read = list.data?.pages.flatMap((page) => page.items);
  // Until those that were asked for come, the rows of before stay in their place.
  const from = list.data?.pages[0]?.from ?? "start";
  const ends: ListEnds = { from, onGo: (end) => setEndOf(end === "end" ? asked : null) };
  return { list, users: from === "end" ? read?.toReversed() : read, total, ends };
}
