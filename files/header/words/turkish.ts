import type { WordTable } from "./word-table.ts";

/** Turkish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const turkish: WordTable = {
  words: {
    userPrincipalName: [
      ["Kullanıcı asıl adı", "Kullanıcı asıl adı (UPN)"],
      ["Kullanıcı adı", "Oturum açma adı", "Giriş adı"],
      ["E-posta", "E-posta adresi", "İş e-postası", "Kurumsal e-posta", "Birincil e-posta adresi"],
      ["Elektronik posta", "Mail adresi"],
      ["Kullanıcı", "Hesap", "Hesap adı", "Kullanıcı kimliği", "Kullanıcı kodu"],
    ],
    displayName: [
      ["Görünen ad", "Görünen adı", "Tam ad", "Tam adı"],
      ["Ad Soyad", "Adı Soyadı", "Ad ve soyad", "İsim Soyisim", "Soyad, Ad"],
      ["Çalışan", "Personel", "Personel adı", "Çalışan adı"],
    ],
    givenName: [
      ["Ad", "Adı"],
      ["İsim", "İlk ad", "Ön ad", "Adlar"],
    ],
    surname: [
      ["Soyad", "Soyadı"],
      ["Soyisim", "Soyismi"],
    ],
    jobTitle: [
      ["Unvan", "İş unvanı"],
      ["Görev", "Pozisyon", "Meslek", "Görevi"],
    ],
    department: [
      ["Departman", "Bölüm"],
      ["Birim", "Takım", "Müdürlük"],
    ],
    companyName: [
      ["Şirket", "Şirket adı", "Firma"],
      ["Kuruluş", "Kurum"],
    ],
    officeLocation: [
      ["Ofis", "Ofis konumu", "Ofis numarası"],
      ["Bina", "Oda", "Şube"],
    ],
    streetAddress: [
      ["Adres", "Sokak adresi", "Açık adres"],
      ["Sokak", "Cadde", "Posta adresi"],
    ],
    city: [
      ["Şehir", "Kent"],
      ["İl", "İlçe"],
    ],
    stateOrProvince: [
      ["Eyalet veya bölge", "Eyalet veya il", "Eyalet"],
      ["Bölge", "İl/Eyalet"],
    ],
    postalCode: [["Posta kodu"]],
    country: [["Ülke", "Ülke veya bölge", "Ülke/Bölge"], [], ["Ülke kodu"]],
    usageLocation: [["Kullanım konumu", "Kullanım yeri"], ["Konum"]],
    businessPhone: [
      ["İş telefonu", "Ofis telefonu", "İş tel"],
      ["Telefon", "Telefon numarası", "Tel", "Sabit telefon", "Dahili"],
    ],
    mobilePhone: [
      ["Cep telefonu", "Cep telefonu numarası", "Mobil telefon"],
      ["Cep", "GSM", "Cep tel", "Mobil"],
    ],
    faxNumber: [["Faks", "Faks numarası", "Belgegeçer"]],
    mailNickname: [["E-posta takma adı", "Posta takma adı"]],
    otherMail: [
      ["Alternatif e-posta adresi", "Alternatif e-posta"],
      ["Kişisel e-posta", "Özel e-posta"],
    ],
    accountEnabled: [["Hesap etkin", "Etkin", "Oturum açmaya izin ver"]],
    signInBlocked: [
      ["Oturum açmayı engelle", "Oturum açmayı engelleme", "Oturum açma engellendi", "Engellendi"],
      ["Devre dışı"],
    ],
    permission: [
      ["İzin", "İzinler", "Yetki", "Yetkiler"],
      ["Rol", "Roller"],
    ],
    licenses: [
      ["Lisans", "Lisanslar", "Atanan lisanslar"],
      ["Ürün", "Ürünler"],
    ],
    password: [["Parola", "Şifre", "İlk parola", "Geçici parola", "İlk şifre", "Geçici şifre", "Yeni parola"]],
    domain: [["Etki alanı", "Etki alanı adı", "Alan adı"]],
    objectId: [["Nesne kimliği"]],
    statusUpdate: [["Durum güncellemesi"]],
  },
  ignored: ["İkinci ad", "Cinsiyet", "Doğum tarihi", "TC kimlik no", "Sicil no", "Yönetici", "Açıklama"],
};
