import type { Customer, Product } from "../../contract/customer.ts";
import {
  addDomain,
  addProduct,
  changeCustomer,
  changeProduct,
  listProducts,
} from "../../core/directory/customers/change-customer.ts";
import {
  changeCustomerBrakes,
  changeLimits,
  readCustomerBrakes,
  readLimits,
} from "../../core/directory/customers/brake-limits.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { normalDomain } from "../../core/directory/customers/normal-domain.ts";
import { getCustomer, listCustomers } from "../../core/directory/customers/read-customers.ts";
import type { CoreContext } from "../../core/context.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of customers, their domains and their products. */
export const customerHandlers: SomeHandlers<
  | "listCustomers"
  | "createCustomer"
  | "getCustomer"
  | "changeCustomer"
  | "getCustomerBrakes"
  | "changeCustomerBrakes"
  | "getBrakes"
  | "changeBrakes"
  | "listDomains"
  | "addDomain"
  | "listProducts"
  | "addProduct"
  | "changeProduct"
> = {
  async listCustomers({ api, caller, query }) {
    return { status: 200, body: await listCustomers(api.context, caller.actor.authority, query) };
  },

  createCustomer: {
    act: ({ api, caller, body }) => createCustomer(api.context, caller.actor, body),
    async answer({ api }, { id }) {
      return { status: 201, body: await findCustomer(api.context, id), headers: { Location: `/v1/customers/${id}` } };
    },
  },

  getCustomer: async ({ customer }) => ({ status: 200, body: customer }),

  async changeCustomer({ api, caller, customer, body }) {
    await changeCustomer(api.context, caller.actor, customer.id, body);
    return { status: 200, body: await findCustomer(api.context, customer.id) };
  },

  async getCustomerBrakes({ api, customer }) {
    return { status: 200, body: await readCustomerBrakes(api.context, customer.id) };
  },

  async changeCustomerBrakes({ api, caller, customer, body }) {
    await changeCustomerBrakes(api.context, caller.actor, customer.id, body);
    return { status: 200, body: await readCustomerBrakes(api.context, customer.id) };
  },

  getBrakes: async ({ api }) => ({ status: 200, body: await readLimits(api.context) }),

  async changeBrakes({ api, caller, body }) {
    await changeLimits(api.context, caller.actor, body);
    return { status: 200, body: await readLimits(api.context) };
  },

  listDomains: async ({ customer }) => ({ status: 200, body: { items: customer.domains, next: null } }),

  addDomain: {
    async act({ api, caller, customer, body }) {
      await addDomain(api.context, caller.actor, customer.id, body.name);
      return { id: normalDomain(body.name) };
    },
    async answer({ api, customer }, { id }) {
      const { domains } = await findCustomer(api.context, customer.id);
      const domain = domains.find(({ name }) => name === id);
      if (domain === undefined) throw missing();
      return { status: 201, body: domain };
    },
  },

  async listProducts({ api, customer }) {
    return { status: 200, body: { items: await listProducts(api.context, customer.id), next: null } };
  },

  addProduct: {
    async act({ api, caller, customer, body }) {
      const { skuId } = await addProduct(api.context, caller.actor, customer.id, body);
      return { id: skuId };
    },
    async answer({ api, customer }, { id }) {
      return { status: 201, body: await findProduct(api.context, customer.id, id) };
    },
  },

  async changeProduct({ api, caller, customer, params, body }) {
    const product = await changeProduct(api.context, caller.actor, customer.id, params.skuId, body);
    return { status: 200, body: product };
  },
};

async function findCustomer(context: CoreContext, customerId: string): Promise<Customer> {
  const customer = await getCustomer(context, customerId);
  if (customer === null) throw missing();
  return customer;
}

async function findProduct(context: CoreContext, customerId: string, skuId: string): Promise<Product> {
  const product = (await listProducts(context, customerId)).find((one) => one.skuId === skuId);
  if (product === undefined) throw missing();
  return product;
}
