import type { WordTable } from "./word-table.ts";

/** Finnish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const finnish: WordTable = {
  words: {
    userPrincipalName: [
      ["Käyttäjän täydellinen nimi", "Käyttäjän päänimi", "UPN-nimi"],
      ["Käyttäjänimi", "Kirjautumisnimi"],
      ["Sähköposti", "Sähköpostiosoite", "Työsähköposti", "Sähköposti työ", "Ensisijainen sähköpostiosoite", "S-posti"],
      ["Meili"],
      ["Käyttäjätunnus", "Käyttäjä", "Tunnus", "Tili", "Käyttäjätili", "Kirjautumistunnus"],
    ],
    displayName: [
      ["Näyttönimi", "Koko nimi", "Näytettävä nimi"],
      ["Etu- ja sukunimi", "Etunimi ja sukunimi", "Etunimi Sukunimi", "Sukunimi ja etunimi"],
      ["Työntekijä", "Työntekijän nimi"],
    ],
    givenName: [["Etunimi", "Kutsumanimi"], ["Etunimet"]],
    surname: [["Sukunimi"], ["Sukunimet"]],
    jobTitle: [
      ["Tehtävänimike", "Ammattinimike", "Nimike"],
      ["Asema", "Tehtävä", "Titteli", "Ammatti"],
    ],
    department: [
      ["Osasto", "Osaston nimi"],
      ["Yksikkö", "Tiimi"],
    ],
    companyName: [
      ["Yritys", "Yrityksen nimi"],
      ["Organisaatio", "Yhtiö", "Työnantaja"],
    ],
    officeLocation: [
      ["Toimisto", "Toimiston numero", "Toimipaikka"],
      ["Toimipiste", "Rakennus", "Huone"],
    ],
    streetAddress: [
      ["Katuosoite", "Osoite", "Lähiosoite"],
      ["Katu", "Postiosoite"],
    ],
    city: [
      ["Kaupunki", "Postitoimipaikka"],
      ["Paikkakunta", "Kunta"],
    ],
    stateOrProvince: [
      ["Osavaltio tai provinssi", "Maakunta", "Osavaltio tai maakunta"],
      ["Osavaltio", "Lääni", "Alue"],
    ],
    postalCode: [["Postinumero"]],
    country: [["Maa", "Maa tai alue", "Maa/alue"], [], ["Maakoodi", "Maatunnus"]],
    usageLocation: [["Käyttösijainti", "Käyttöpaikka", "Käyttömaa"]],
    businessPhone: [
      ["Työpuhelin", "Puhelin työ", "Toimiston puhelin", "Työpuhelinnumero"],
      ["Puhelin", "Puhelinnumero", "Puh", "Lankapuhelin"],
    ],
    mobilePhone: [
      ["Matkapuhelin", "Matkapuhelinnumero", "Mobiilipuhelin"],
      ["Kännykkä", "Mobiili", "GSM"],
    ],
    faxNumber: [["Faksi", "Faksinumero", "Telefaksi"]],
    mailNickname: [["Sähköpostialias", "Sähköpostin lempinimi"]],
    otherMail: [
      ["Vaihtoehtoinen sähköpostiosoite", "Vaihtoehtoinen sähköposti", "Toinen sähköpostiosoite"],
      ["Henkilökohtainen sähköposti", "Yksityinen sähköposti"],
    ],
    accountEnabled: [["Tili käytössä", "Käytössä", "Kirjautuminen sallittu"]],
    signInBlocked: [
      ["Estä kirjautuminen", "Estä sisäänkirjautuminen", "Kirjautuminen estetty", "Estetty"],
      ["Poissa käytöstä"],
    ],
    permission: [
      ["Käyttöoikeus", "Käyttöoikeudet", "Oikeudet"],
      ["Rooli", "Roolit"],
    ],
    licenses: [
      ["Lisenssi", "Lisenssit", "Määritetyt lisenssit"],
      ["Tuote", "Tuotteet"],
    ],
    password: [["Salasana", "Väliaikainen salasana", "Alkusalasana", "Ensimmäinen salasana", "Uusi salasana"]],
    domain: [["Toimialue", "Toimialueen nimi", "Verkkotunnus"]],
    objectId: [["Objektitunnus", "Objektin tunnus"]],
    customer: [["Asiakas", "Asiakkaan nimi"]],
    statusUpdate: [["Tilapäivitys"]],
  },
  names: { fullOrSurname: ["Nimi"] },
  ignored: ["Toinen nimi", "Sukupuoli", "Syntymäaika", "Henkilötunnus", "Henkilönumero", "Esimies", "Huomautus"],
};
