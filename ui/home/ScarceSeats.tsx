import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Overview } from "../../contract/overview.ts";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { homeTexts } from "./home-texts.ts";
import { NoticeList } from "./NoticeList.tsx";

const words = homeTexts.seats;

const SeatsDialog = lazy(async () => ({ default: (await import("../customers/SeatsDialog.tsx")).SeatsDialog }));

type Scarce = Overview["seats"][number];

/** Products of which few seats are left, with a way to add some for those who may. */
export function ScarceSeats({ seats }: { seats: Scarce[] | undefined }) {
  const client = useQueryClient();
  const reason = usePartnerReason();
  const [adding, setAdding] = useState<Scarce | null>(null);
  const close = () => {
    setAdding(null);
    void client.invalidateQueries({ queryKey: queryKeys.overview() });
  };
  return (
    <>
      <NoticeList
        title={words.title}
        notices={seats?.map((one) => ({
          key: `${one.customer.id} ${one.skuId}`,
          what: one.name,
          more: (
            <>
              <Link to={pages.products.path} params={{ customerId: one.customer.id }}>
                {one.customer.name}
              </Link>{" "}
              · {words.free(one.available, one.total)}
            </>
          ),
          act: (
            <CommandButton
              appearance="secondary"
              command={{ key: one.skuId, label: words.add, reason, onUse: () => setAdding(one) }}
            />
          ),
        }))}
      />
      {adding !== null && (
        <Suspense>
          <SeatsDialog
            customerId={adding.customer.id}
            product={{ ...adding, consumed: adding.total - adding.available }}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
