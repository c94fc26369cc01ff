import type { WordTable } from "./word-table.ts";

/** Norwegian, with the labels of the Microsoft 365 admin center and Entra ID. */
export const norwegian: WordTable = {
  words: {
    userPrincipalName: [
      ["Brukerhovednavn", "Hovednavn for bruker"],
      ["Brukernavn", "Påloggingsnavn", "Innloggingsnavn"],
      ["E-post", "E-postadresse", "Jobb e-post", "E-post jobb", "Primær e-postadresse"],
      ["Arbeids-e-post", "E-post arbeid"],
      ["Bruker", "Konto", "Kontonavn", "Bruker-ID", "Brukerkonto"],
    ],
    displayName: [
      ["Visningsnavn", "Fullt navn", "Fullstendig navn"],
      ["For- og etternavn", "Fornavn og etternavn", "Fornavn Etternavn"],
      ["Ansatt", "Ansattnavn", "Navn på ansatt"],
    ],
    givenName: [["Fornavn"], ["Fornavn(er)"]],
    surname: [["Etternavn"], ["Slektsnavn"]],
    jobTitle: [
      ["Stilling", "Stillingstittel", "Jobbtittel"],
      ["Tittel", "Funksjon"],
    ],
    department: [
      ["Avdeling", "Avdelingsnavn"],
      ["Team", "Enhet", "Seksjon"],
    ],
    companyName: [
      ["Firma", "Firmanavn", "Bedrift", "Selskap"],
      ["Organisasjon", "Virksomhet"],
    ],
    officeLocation: [
      ["Kontor", "Kontornummer", "Kontorsted"],
      ["Bygning", "Rom", "Arbeidssted"],
    ],
    streetAddress: [
      ["Adresse", "Gateadresse", "Gate"],
      ["Gatenavn", "Postadresse"],
    ],
    city: [["Poststed", "By"], ["Sted"]],
    stateOrProvince: [
      ["Fylke", "Delstat eller provins", "Stat eller provins"],
      ["Region", "Kommune"],
    ],
    postalCode: [["Postnummer", "Postnr."]],
    country: [["Land", "Land eller område", "Land/område", "Land eller region"], [], ["Landkode"]],
    usageLocation: [["Bruksplassering", "Brukssted"]],
    businessPhone: [
      ["Arbeidstelefon", "Telefon arbeid", "Kontortelefon", "Telefon jobb", "Jobbtelefon"],
      ["Telefon", "Telefonnummer", "Tlf", "Tlf.nr.", "Fasttelefon"],
    ],
    mobilePhone: [
      ["Mobiltelefon", "Mobil", "Mobilnummer"],
      ["Mobiltlf", "Mobilnr."],
    ],
    faxNumber: [["Faks", "Faksnummer", "Telefaks"]],
    mailNickname: [["E-postalias", "E-postkallenavn"]],
    otherMail: [
      ["Alternativ e-postadresse", "Alternativ e-post"],
      ["Privat e-post", "E-post privat"],
    ],
    accountEnabled: [["Konto aktivert", "Aktivert", "Pålogging tillatt"]],
    signInBlocked: [
      ["Blokker pålogging", "Blokkere pålogging", "Blokker innlogging", "Pålogging blokkert", "Blokkert"],
      ["Deaktivert", "Konto deaktivert"],
    ],
    permission: [
      ["Tillatelse", "Tillatelser", "Rettighet", "Rettigheter"],
      ["Rolle", "Roller"],
    ],
    licenses: [
      ["Lisens", "Lisenser", "Tildelte lisenser"],
      ["Produkt", "Produkter"],
    ],
    password: [["Passord", "Midlertidig passord", "Første passord", "Nytt passord", "Startpassord"]],
    domain: [["Domene", "Domenenavn"]],
    objectId: [["Objekt-ID"]],
    customer: [["Kunde", "Kundenavn"]],
    statusUpdate: [["Statusoppdatering"]],
  },
  names: { fullOrSurname: ["Navn"] },
  ignored: ["Mellomnavn", "Kjønn", "Fødselsdato", "Ansattnummer", "Leder", "Merknad", "Ansettelsesdato"],
};
