"""Which words are given names and which are family names in Finland, as far as a word can tell. Pure.

Facts for a guess at the order of a written name, no register: a word that stands in neither list tells nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.people.collation import folded

# Finnish, Finland-Swedish and Sámi given names, and some of the commonest from elsewhere, that hardly are family names.
GIVEN = """
Aada Aarne Aaro Aatos Aatu Aava Abdi Ahti Aija Aila Áile Aili Áilu Aimo Aino Aira Airi Aisha Aki Akseli Aku Alan
Albert Aleksandr Aleksanteri Aleksi Alexander Alexandra Alexis Alfred Alina Alisa Allan Alma Alpo Amanda Amina Ana
Anastasia Ánde Anders Andreas Andrew Andriy Anette Angela Anita Anitta Anja Ann Ann-Christin Anna Annastiina Anne Ánne
Anneli Annette Anni Anniina Annika Annukka Ansa Anssi Ánte Antero Anton Antonio Ántte Antti Anu Ari Arja Armas Armi
Arne Árni Arto Arttu Arvi Arvo Asko Aslak Ásllat Asta Astrid Aswa Atso Atte Aukusti Auli Aulis Aune Aura Axel Barbro
Beata Bengt Benita Bernt Biret Birgit Birgitta Birit Bjarne Björn Bjørn Boris Brita Britt Camila Camilla Carina Carita
Carl Carlos Carmen Carola Caroline Catharina Catherine Cecilia Charlotta Charlotte Christa Christel Christer Christian
Christina Christoffer Christopher Claes Clas Dag Dagmar Dan Daniela David Dmitri Doris Ebba Edgar Edvard Eeli Eelis
Eemeli Eemil Eerik Eerika Eero Eetu Eeva Eevi Eija Eila Eili Einari Eino Eira Elena Elias Eliel Elin Elina Elisa
Elisabet Elisabeth Elise Elizabeth Ella Elle Ellen Elli Elma Elmeri Elmo Elna Elsa Else Elsi Elviira Emil Emilia Emma
Emmi Enni Ensio Eric Erik Erika Erja Erkka Erkki Erno Ernst Essi Ester Esteri Eugen Eva Eve Eveliina Evelina Evita
Fabiola Fanny Fatima Fatuma Felix Filip Frank Fredrik Fredrika Frida Gabriela Gabriella Gáddjá Gerd German Gitta
Giulia Graciela Greta Guðrún Gun Gunilla Gunnel Gunvor Gustaf Gustav Guy Göran Hagar Hanna Hannah Hanne Hannele Hannes
Hannu Hans Harri Hassan Heaika Heidi Heikki Heimo Heini Helena Helga Helge Heli Helinä Helmi Helvi Henna Hennariikka
Henni Henri Henriette Henriikka Henrik Henrika Herkko Herman Hertta Hilda Hilja Hilkka Hille Hillevi Hilma Hudson Hugo
Ia Ibrahim Ida Iida Iina Iiris Iiro Iisakki Ilari Ilja Ilkka Ilmari Ilmo Ilona Ilpo Ilse Ilta Immi Impi Ina Inari Inga
Ingá Iŋgá Inge Ingeborg Ingela Inger Ingmar Ingrid Inka Inkeri Ira Irene Irina Iris Irja Irma Irmeli Iro Ismail Ismo
Isto Ivan Jaakko Jaan Jaana Jaani Jackson Jalmari Jan Jana Jane Janette Jani Janika Janina Janita Janne Jari Jarkko
Jarmo Jarno Jasmin Jason Jean Jeanette Jenna Jenni Jennifer Jenny Jens Jere Jeremias Jesper Jesse Joachim Joakim Joel
Johan Johanna Johannes John Jón Jonas Jonathan Joni Jonna Joona Joonas Joonatan Jooseppi Jorge Jorma Jose José Jouko
Jouni Jovna Jovnna Juan Juha Juhán Juhana Juhani Juho Jukka Julia Julius Jussi Jutta Juuli Juulia Juuso Jürgen Jyri
Jyrki Jørgen Kaapo Kaari Kaarina Kaarlo Kai Kaija Kaino Kaisa Kaisla Kaisu Kaj Kalervo Kalevi Kalle Kanerva Káre Kari
Karin Karita Karl Karla Karoliina Karolina Kaspar Kasper Katariina Katarina Katarzyna Katharina Kati Katja Katri
Katriina Kauko Keijo Kennet Kenneth Kerstin Kerttu Kielo Kiira Kim Kimmo Kirsi Kirsikka Kirsten Kirsti Kjell Klaus
Konrad Krista Krister Kristian Kristiina Kristina Kristo Kristoffer Kurt Kyllikki Kyösti Lahja Laila Lari Lars Lasse
Lásse Laura Layla Lea Leea Leena Leevi Leif Leila Lempi Leni Lenita Lennart Leo Liisa Liisi Lilja Lilli Linda Linh
Linnea Lisbeth Lise Lola Lotta Lovisa Lucia Ludmila Ludvig Lumia Luukas Lyyli Maaria Maarit Magnus Máhte Máhtte Maija
Maiju Maikki Maire Maj Maj-Britt Malin Manuela Marcus Máren Máret Margaret Margareta Margaretha Margit Mari Maria
María Marianna Marianne Marie Marika Marina Marita Maritta Marja Márjá Marjaana Marjatta Marjo Marjukka Marjut
Marketta Markku Marko Markus Marta Martina Martta Martti Mary Mathias Matias Matilda Matleena Mats Matti Mauno Mauri
Maxim Meeri Meri Merike Merja Mervi Mette Mia Michael Miia Miika Miina Mika Mikael Mikaela Mikko Milja Milka Milla
Mimmi Minea Minh Minna Minttu Mira Mirja Mirjam Mirjami Mirka Mirkka Miro Mirva Mohamed Mohammed Mona Monica Monika
Muhammad Mustafa Nadia Nanna Natalia Natalja Nea Nelli Nestori Niclas Nicola Niiles Niillas Niilo Niina Niklas Niko
Nikolai Nilla Nils Nina Noel Nooa Noor Noora Norman Nuppu Nuutti Oili Oiva Ólafur Olavi Ole Oleg Oleksandr Olena Olga
Oliver Olivia Olle Olli Omar Oona Orvo Orvokki Oskar Oskari Osmo Ossi Ossian Oula Outi Paavo Pablo Pamela Paola Pasi
Patrik Paula Pauli Pauliina Paulina Pekka Pelle Pentti Per Pernilla Pertti Perttu Peter Petra Petri Petter Petteri Pia
Piera Pierre Pieti Piia Pilvi Piotr Pirita Pirjo Pirkka Pirkko Pirre Pontus Päivi Päivikki Pär Raakel Rafael Ragnhild
Raija Raili Raimo Raine Raisa Ralf Rami Rannveig Rasmus Rauha Raul Rauni Rauno Rávdná Rea Rebecka Reetta Reijo Reima
Rein Reino Richard Riikka Riina Riitta Rikhard Ristiina Risto Ritva Robert Robin Roger Roine Roland Rolf Roman Ronja
Roope Roosa Runar Rune Rurik Ruth Ruut Saana Saara Saga Saija Saila Saimi Sakari Salla Sallamari Salme Salomon Sami
Sampo Samu Samuel Samuli Sander Sandra Sanelma Sanna Sanni Santeri Santtu Sara Sárá Sarah Sari Satu Sauli Seán
Sebastian Seija Selma Senja Senni Seppo Sergei Severi Sheila Sigríður Sigrun Siina Siiri Silja Simo Sini Sinikka
Siobhán Sirje Sirkka Sirkku Sirpa Siru Sisko Siv Sixten Sofia Sofie Soile Soili Sointu Solveig Sonja Stefan Stephen
Stig Stina Sture Sunna Susan Susanna Susanne Suvi Svea Sven Svetlana Sylvi Sylvia Søren Taavi Taimi Taina Taisto
Taneli Tanja Tapani Tapio Tarja Tarmo Taru Tatiana Tatjana Tatu Tauno Tea Teemu Teija Tellervo Teodor Teppo Teresa
Terhi Terho Tero Terttu Teuvo Thea Theodor Thi Tiia Tiina Tiit Tiiu Tilda Timo Tino Tom Tomas Tomi Tommi Tommy Toni
Topi Tor Torbjörn Tore Torsten Touko Tove Tuija Tuire Tuomas Tuomo Tuovi Tuukka Tuula Tuuli Tuulia Tuulikki Tytti
Tyyne Tyyni Ulf Ulla Ulrik Ulrika Unto Urho Urpo Ursula Usko Uula Uuno Uwe Valma Valtteri Vanessa Vappu Veera Veijo
Veikka Veikko Veli Venla Vera Verna Verneri Vesa Vidar Vieno Viivi Viking Viktor Viktoria Vilhelm Vilho Viljami Viljo
Ville Vilma Viola Virpi Virva Viveca Vladimir Voitto Vuokko Väinö Werner Wilhelm Wilhelmina William Wilma Wolfgang
Yasmin Ülle Yngve Yrjö Yulia Yusuf Zahra Åke Åsa Äijä Øystein
""".split()

# Both: Heino Lindberg and Tuula Heino.
BOTH = """
Aarnio Ahmed Ahto Ali Aro Daniel George Heino Helin Henry Jalo James Jarl Kauri Lauri Lemmy Lumi Mark Martin Max Onni
Otso Otto Paul Reine Reko Runo Simon Soini Sulo Thomas Toivo Tuisku
""".split()

FAMILY = """
Aalto Ahde Aho Ahola Ahonen Aikio Briain Cruz Dubois Ekman Garcia García Granroos Guttorm Haavisto Hakala Halla Halme
Hansen Harju Heikkilä Hernández Holmberg Huhta Huttunen Ivanov Ivanova Jensen Johansen Jokela Joki Jones Jääskö Kallio
Kangas Karhu Ketola Kivelä Kivi Koski Kotila Kowalski Kujala Kulju Kurki Kuusela Kuusi Laakso Lahti Laine Laiti
Laitila Lammi Lampi Lehti Lehto Leino Lempiäinen Lepistö Lind Lindh Lindroos López Luoma Luoto Länsman Löf Lönn Magga
Maunula Melkas Metsä Miller Morottaja Murphy Müller Myllys Mård Mäkelä Mäki Nguyen Nguyễn Nielsen Niemi Norrgård Novak
Nurmi Nygård Nyman Näkkäläjärvi Olsen Palo Partio Petrov Petrova Pham Pieski Pihlaja Pitkä Pohjola Puro Rajala Ranta
Rantala Rauhala Rautio Reini Rinne Rossi Ruohola Ryti Saar Saarela Saari Salmi Salo Sarre Savola Schmidt Schneider
Sipilä Smirnov Smith Somby Suomi Suominen Taipale Takala Tamm Tamminen Tran Trần Triumf Tuomi Tuominen Uotila Vaara
Vainio Valle Valli Vanha Vanhala Virta Vuori Wahlroos Wirta Ylitalo Ylä-Anttila Åkerlund Åström Öhman
""".split()

# Folded; a given name that ends so stands above.
ENDINGS = (
    "nen", "sson", "strom", "berg", "borg", "lund", "qvist", "kvist", "quist", "gren", "holm", "dahl", "stedt",
    "roos", "fors", "blad", "feldt", "felt", "heim", "back", "gard", "lof", "maki", "niemi", "jarvi", "saari",
    "ranta", "kangas", "vaara", "harju", "joki", "salmi", "lampi", "lahti", "koski", "korpi", "talo", "vuori",
    "niitty", "metsa", "kallio", "luoma", "nurmi", "virta", "tola", "kkila", "skog", "marck", "vall", "wall", "ova",
    "enko", "enkova", "ski", "skaya", "opoulos", "escu", "ssila", "ttila", "ikkola", "ukkola", "kivi", "rinne",
    "vainio", "kunnas",
)  # fmt: skip
WEAK_ENDINGS = (
    "aho", "oja", "suo", "maa", "paa", "man", "mark", "son", "sen", "ov", "ev", "ez", "ola", "ela", "ila", "ala", "kka",
)  # fmt: skip

INITIAL = re.compile(r"[^\W\d_](?:\.?(?:-?[^\W\d_]\.)*|(?:-[^\W\d_])+)")

SURE, MAYBE, NOTHING, LIKELY_NOT, NOT = 2, 1, 0, -1, -2

_both = frozenset(map(folded, BOTH))
_given = frozenset(map(folded, GIVEN)) - _both
_family = frozenset(map(folded, FAMILY)) - _given - _both


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """Return a word as it is compared: without case and marks. A paste of thousands has the same ones over and over."""
    return folded(word)


@lru_cache(maxsize=1 << 15)
def is_initial(word: str) -> bool:
    """Whether a word is one or more initials: J, J., J.-P., P-O."""
    return INITIAL.fullmatch(word) is not None


@lru_cache(maxsize=1 << 15)
def given_weight(word: str) -> int:
    """Return how surely a word of a name is a given name: from SURE to NOT, which is a family name."""
    if is_initial(word):
        return SURE
    parts = [part for part in plain(word).split("-") if part]
    if len(parts) == 2:
        return max(NOT, min(SURE, sum(_weight(part) for part in parts)))
    return _weight(parts[0]) if len(parts) == 1 else NOTHING


def _weight(word: str) -> int:
    if word in _given:
        return SURE
    if word in _both:
        return MAYBE
    if word in _family:
        return NOT
    if len(word) < 4 or not word.endswith(ENDINGS):
        return LIKELY_NOT if len(word) > 4 and word.endswith(WEAK_ENDINGS) else NOTHING
    return NOT
