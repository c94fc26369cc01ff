import type { WordTable } from "./word-table.ts";

/** Danish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const danish: WordTable = {
  words: {
    userPrincipalName: [
      ["Brugerens hovednavn", "Brugerhovednavn (UPN)", "Brugerhovednavn"],
      ["Brugernavn", "Logonnavn", "Loginnavn"],
      ["E-mailadresse", "Mailadresse", "Arbejdsmail", "E-mail arbejde", "Primær mailadresse", "Firmamail"],
      ["Arbejds-e-mail"],
      ["Bruger", "Konto", "Kontonavn", "Bruger-id", "Brugerkonto"],
    ],
    displayName: [
      ["Vist navn", "Visningsnavn", "Fulde navn", "Fuldt navn"],
      ["For- og efternavn", "Fornavn og efternavn", "Fornavn Efternavn"],
      ["Medarbejder", "Medarbejdernavn"],
    ],
    givenName: [["Fornavn"], ["Fornavne"]],
    surname: [["Efternavn"], ["Efternavne"]],
    jobTitle: [
      ["Stilling", "Stillingsbetegnelse", "Jobtitel"],
      ["Titel", "Funktion"],
    ],
    department: [
      ["Afdeling", "Afdelingsnavn"],
      ["Team", "Enhed", "Sektion"],
    ],
    companyName: [["Firma", "Firmanavn", "Virksomhed", "Virksomhedsnavn"], ["Organisation"]],
    officeLocation: [
      ["Kontor", "Kontornummer", "Kontorplacering"],
      ["Bygning", "Lokale", "Arbejdssted"],
    ],
    streetAddress: [
      ["Adresse", "Gadeadresse", "Gade", "Vejnavn"],
      ["Vej", "Adresse 1", "Postadresse"],
    ],
    city: [["By"], ["Bynavn", "Postdistrikt"]],
    stateOrProvince: [
      ["Stat eller provins", "Region", "Stat eller område"],
      ["Kommune", "Amt"],
    ],
    postalCode: [["Postnummer", "Postnr."]],
    country: [["Land", "Land eller område", "Land/område", "Land eller region"], [], ["Landekode"]],
    usageLocation: [["Anvendelsessted", "Brugsplacering", "Brugssted"]],
    businessPhone: [
      ["Arbejdstelefon", "Telefon arbejde", "Kontortelefon", "Firmatelefon"],
      ["Telefon", "Telefonnummer", "Tlf", "Tlf.nr.", "Fastnet", "Direkte nummer"],
    ],
    mobilePhone: [
      ["Mobiltelefon", "Mobil", "Mobilnummer", "Mobiltelefonnummer"],
      ["Mobilnr.", "Arbejdsmobil"],
    ],
    faxNumber: [["Fax", "Faxnummer", "Telefax"]],
    mailNickname: [["Mailalias", "Mailkaldenavn"]],
    otherMail: [
      ["Alternativ mailadresse", "Alternativ e-mailadresse", "Alternativ mail"],
      ["Privat mail", "Privat e-mail"],
    ],
    accountEnabled: [["Konto aktiveret", "Aktiveret", "Logon tilladt"]],
    signInBlocked: [
      ["Bloker logon", "Bloker login", "Bloker log på", "Logon blokeret", "Blokeret"],
      ["Deaktiveret", "Konto deaktiveret"],
    ],
    permission: [
      ["Tilladelse", "Tilladelser", "Rettighed", "Rettigheder"],
      ["Rolle", "Roller"],
    ],
    licenses: [
      ["Licens", "Licenser", "Tildelte licenser"],
      ["Produkt", "Produkter"],
    ],
    password: [["Adgangskode", "Midlertidig adgangskode", "Første adgangskode", "Ny adgangskode", "Kodeord"]],
    domain: [["Domæne", "Domænenavn"]],
    objectId: [["Objekt-id"]],
    customer: [["Kunde", "Kundenavn"]],
    statusUpdate: [["Statusopdatering"]],
  },
  names: { fullOrSurname: ["Navn"] },
  ignored: ["Mellemnavn", "Køn", "Fødselsdato", "Medarbejdernummer", "Leder", "Bemærkning", "Ansættelsesdato"],
};
