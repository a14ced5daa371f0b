"""Which words are given names and which are family names in Finland, as far as a word can tell. Pure.

Facts for a guess at the order of a written name, no register: a word that stands in neither list tells nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.people.collation import folded

# Finnish, Finland-Swedish and Sámi given names, and some of the commonest from elsewhere, that hardly are family names.
GIVEN = """
Aada Aaro Aatu Aava Abdi Aija Aila Áile Aili Áilu Aimo Aino Aira Airi Aisha Aki Akseli Aku Aleksanteri Aleksi
Alexander Alexandra Alina Alisa Allan Alma Alpo Amanda Amina Ana Anastasia Ánde Anders Andreas Andrew Andriy Anette
Angela Anita Anitta Anja Ann Ann-Christin Anna Annastiina Anne Ánne Anneli Annette Anni Anniina Annika Annukka Ansa
Anssi Ánte Antero Anton Ántte Antti Anu Ari Arja Armi Árni Arto Arttu Arvi Arvo Asko Aslak Ásllat Asta Astrid Aswa
Atso Atte Auli Aulis Aune Axel Barbro Beata Benita Biret Birgit Birgitta Birit Bjarne Björn Bjørn Brita Britt Camila
Camilla Carina Carita Carl Carlos Carmen Carola Caroline Catharina Catherine Cecilia Charlotta Charlotte Christa
Christel Christer Christian Christina Christoffer Christopher Claes Clas Dag Dagmar Dan Daniela David Dmitri Doris
Ebba Eeli Eelis Eemeli Eemil Eerik Eerika Eero Eetu Eeva Eevi Eija Eila Eili Einari Eino Eira Elena Elias Elin Elina
Elisa Elisabet Elisabeth Elise Elizabeth Ella Elle Ellen Elli Elma Elmeri Elmo Elna Elsa Else Elsi Elviira Emil Emilia
Emma Emmi Enni Ensio Eric Erik Erika Erja Erkka Erkki Erno Essi Ester Esteri Eugen Eva Eve Eveliina Evelina Evita
Fabiola Fanny Fatima Fatuma Filip Fredrik Fredrika Frida Gabriela Gabriella Gáddjá Gerd German Gitta Giulia Graciela
Greta Guðrún Gun Gunilla Gunnel Gunvor Gustaf Gustav Guy Göran Hanna Hannah Hanne Hannele Hannes Hannu Hans Harri
Hassan Heaika Heidi Heikki Heimo Heini Helena Helga Helge Heli Helinä Helmi Helvi Henna Hennariikka Henni Henri
Henriette Henriikka Henrik Henrika Herkko Herman Hertta Hilda Hilja Hilkka Hille Hillevi Hilma Hudson Hugo Ia Ibrahim
Ida Iida Iina Iiris Iiro Iisakki Ilari Ilja Ilkka Ilmari Ilona Ilpo Ilse Ilta Immi Impi Ina Inari Inga Ingá Iŋgá Inge
Ingeborg Ingela Inger Ingmar Ingrid Inka Inkeri Ira Irene Irina Iris Irja Irma Irmeli Iro Ismo Isto Ivan Jaakko Jaan
Jaana Jaani Jackson Jalmari Jan Jana Jane Janette Jani Janika Janina Janita Janne Jari Jarkko Jarmo Jarno Jasmin Jason
Jean Jeanette Jenna Jenni Jennifer Jenny Jens Jere Jeremias Jesper Jesse Joachim Joakim Joel Johan Johanna Johannes
John Jón Jonas Joni Jonna Joonas Jooseppi Jorge Jorma Jose José Jouko Jouni Jovna Jovnna Juan Juha Juhán Juhana Juhani
Juho Jukka Julia Julius Jussi Jutta Juuli Juulia Juuso Jürgen Jyri Jyrki Jørgen Kaapo Kaari Kaarina Kaarlo Kaija Kaino
Kaisa Kaisu Kalevi Kalle Káre Karin Karita Karl Karla Karoliina Karolina Kaspar Kasper Katariina Katarina Katarzyna
Katharina Kati Katja Katri Katriina Kauko Keijo Kennet Kenneth Kerstin Kerttu Kielo Kiira Kim Kimmo Kirsi Kirsikka
Kirsten Kirsti Kjell Klaus Krista Krister Kristian Kristiina Kristina Kristo Kristoffer Kurt Kyllikki Kyösti Laila
Lari Lars Lasse Lásse Laura Layla Lea Leea Leena Leif Leila Leni Lenita Leo Liisa Liisi Lilja Lilli Linda Linh Linnea
Lisbeth Lise Lola Lotta Lovisa Lucia Ludmila Lumia Luukas Lyyli Maaria Maarit Magnus Máhte Máhtte Maija Maiju Maikki
Maire Maj Maj-Britt Malin Manuela Marcus Máren Máret Margaret Margareta Margaretha Margit Mari Maria María Marianna
Marianne Marie Marika Marina Marita Maritta Marja Márjá Marjaana Marjatta Marjo Marjukka Marjut Marketta Markku Marko
Markus Marta Martta Martti Mary Mathias Matias Matilda Matleena Mats Matti Mauno Mauri Maxim Meeri Meri Merike Merja
Mervi Mette Mia Michael Miia Miika Miina Mika Mikael Mikaela Mikko Milja Milka Milla Mimmi Minea Minh Minna Minttu
Mira Mirja Mirjam Mirjami Mirka Mirkka Mirva Mohamed Mohammed Mona Monica Monika Muhammad Mustafa Nadia Nanna Natalia
Natalja Nea Nelli Nestori Niclas Nicola Niiles Niillas Niilo Niina Niklas Niko Nilla Nils Nina Noor Noora Norman Nuppu
Nuutti Oili Ólafur Olavi Ole Oleg Oleksandr Olena Olga Oliver Olivia Olle Olli Omar Oona Orvokki Oskar Oskari Ossi
Ossian Oula Outi Paavo Pablo Pamela Paola Pasi Patrik Paula Pauli Pauliina Paulina Pekka Pelle Pentti Per Pernilla
Pertti Perttu Peter Petra Petri Petter Petteri Pia Piera Pierre Pieti Piia Pilvi Piotr Pirita Pirjo Pirkka Pirkko
Pirre Pontus Päivi Päivikki Pär Raakel Ragnhild Raija Raili Raimo Raine Raisa Ralf Rami Rannveig Rasmus Rauno Rávdná
Rea Rebecka Reetta Reijo Reima Rein Reino Richard Riikka Riina Riitta Ristiina Risto Ritva Robert Robin Roger Rolf
Roman Ronja Roope Roosa Runar Rune Rurik Ruth Ruut Saana Saara Saija Saila Saimi Salla Sallamari Salme Sami Sampo Samu
Samuli Sandra Sanelma Sanna Sanni Santeri Santtu Sara Sárá Sarah Sari Satu Sauli Seán Seija Selma Senja Senni Seppo
Sergei Sheila Sigríður Sigrun Siina Siiri Silja Simo Sini Sinikka Siobhán Sirje Sirkka Sirkku Sirpa Siru Sisko Siv
Sixten Sofia Sofie Soile Soili Sointu Solveig Sonja Stefan Stephen Stig Stina Sture Sunna Susan Susanna Susanne Suvi
Svea Sven Svetlana Sylvi Sylvia Søren Taavi Taina Taisto Taneli Tanja Tapani Tapio Tarja Tarmo Taru Tatiana Tatjana
Tatu Tea Teemu Teija Tellervo Teppo Teresa Terhi Terho Tero Terttu Teuvo Thea Theodor Thi Tiia Tiina Tiit Tiiu Tilda
Timo Tino Tom Tomas Tomi Tommi Tommy Toni Topi Tor Torbjörn Tore Torsten Touko Tove Tuija Tuire Tuomas Tuomo Tuovi
Tuula Tuuli Tuulia Tuulikki Tytti Tyyne Ulf Ulla Ulrik Ulrika Unto Urho Urpo Ursula Uula Uuno Uwe Valma Valtteri
Vanessa Veera Veijo Veikka Veikko Venla Vera Verna Verneri Vesa Vidar Vieno Viivi Viking Viktor Viktoria Vilho Viljami
Viljo Ville Vilma Viola Virpi Virva Viveca Vladimir Voitto Väinö Wilhelm Wilhelmina William Wilma Wolfgang Yasmin Ülle
Yngve Yrjö Yulia Yusuf Zahra Åke Åsa Äijä Øystein
""".split()

# Both: Heino Lindberg and Tuula Heino.
BOTH = """
Aarne Aarnio Aatos Ahmed Ahti Ahto Alan Albert Aleksandr Alexis Alfred Ali Antonio Armas Arne Aro Aukusti Aura Bengt
Bernt Boris Daniel Edgar Edvard Eliel Ernst Felix Frank George Hagar Heino Helin Henry Ilmo Ismail Jalo James Jarl
Jonathan Joona Joonatan Kai Kaj Kalervo Kanerva Kari Kauri Konrad Lahja Lauri Leevi Lemmy Lempi Lennart Ludvig Lumi
Mark Martin Martina Max Miro Nikolai Noel Nooa Oiva Onni Orvo Osmo Otso Otto Paul Rafael Rauha Raul Rauni Reine Reko
Rikhard Roine Roland Runo Saga Sakari Salomon Samuel Sander Sebastian Severi Simon Soini Sulo Taimi Tauno Teodor
Thomas Toivo Tuisku Tuukka Tyyni Usko Vappu Veli Vilhelm Vuokko Werner
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

INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")

SURE, MAYBE, NOTHING, LIKELY_NOT, NOT = 2, 1, 0, -1, -2

_both = frozenset(map(folded, BOTH))
_given = frozenset(map(folded, GIVEN)) - _both
_family = frozenset(map(folded, FAMILY)) - _given - _both


@lru_cache(maxsize=1 << 15)
def given_weight(word: str) -> int:
    """Return how surely a word of a name is a given name: from SURE to NOT, which is a family name."""
    if INITIAL.fullmatch(word) and (len(word) == 1 or "." in word):
        return SURE
    parts = [part for part in folded(word).split("-") if part]
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
