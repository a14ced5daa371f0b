"""Which words are given names and which are family names in Finland, as far as a word can tell. Pure.

Facts for a guess at the order of a written name, no register: a word that stands in neither list tells nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.people.collation import folded

# Finnish, Finland-Swedish and Sámi given names, and some of the commonest from elsewhere, that hardly are family names.
GIVEN = """
Aada Aarne Aarni Aaro Aatos Aatu Aava Ægir Agnès Agneta Agnieszka Ahti Aija Aila Áile Aili Ailo Áilu Aime Aimo Aino
Aira Airi Aisha Aivar Åke Aki Akseli Aku Alan Albert Alejandro Aleksandr Aleksanteri Aleksei Aleksi Alexander
Alexandra Alexey Alexis Alfhild Alfred Alice Alina Alisa Alla Allan Alma Alpo Alvar Amal Amanda Amina Amy Ana
Anastasia Ánde Anders Andrea Andreas Andrei Andres Andrew Andriy Anelma Anette Angela Anita Anitta Anja Anke Ann
Ann-Christin Anna Annastiina Anne Anneke Annele Anneli Annelies Annette Anni Anniina Annika Annikki Annukka Ansa Anssi
Ánte Antero Anthony Anton Antonio Ants Ántte Antti Anu Aoife Ari Arja Armas Armi Arne Árni Artem Arto Arttu Arvi Arvo
Åsa Ashley Asko Aslak Aslat Ásllat Asta Astrid Aswa Atso Atte Aukusti Auli Aulis Aune Aura Aurélie Aurora Axel Ayşe
Barbara Barbro Beata Beatriz Bengt Benita Benjamin Benoît Berit Bernt Bertel Bertta Bill Biret Birger Birgit Birgitta
Birit Bjarne Bjarni Björn Bo Bob Bodil Boel Boris Börje Brian Brigitte Brita Britt Bror Bruno Camila Camilla Camille
Carina Carita Carl Carlos Carmen Carol Carola Caroline Catarina Catharina Catherine Cecilia Céline Charles Charlotta
Charlotte Chloé Christa Christel Christer Christian Christina Christoffer Christopher Ciara Claes Clara Clas Claudia
Conor Cynthia Daavid Dag Dagmar Dagny Dan Daniela Daria David Deborah Declan Didier Dieter Dimitris Dirk Dmitri
Dolores Donna Doris Dorrit Ebba Edgar Edit Edith Eduardo Edvard Edvin Eeli Eelis Eemeli Eemil Eerik Eerika Eero Eeti
Eetu Eeva Eevi Eha Eija Eila Eili Einar Einari Eine Eino Eira Ekaterina Elena Eleni Elias Eliel Elif Elin Elina Elisa
Elisabet Elisabeth Elise Elizabeth Ella Elle Ellen Elli Elma Elmeri Elmo Elna Élodie Elsa Else Elsi Elvi Elviira
Emelie Emil Emilia Emily Emma Emmanuel Emmi Enni Ensio Eoin Eric Erik Erika Erja Erkka Erkki Erland Erling Erno Ernst
Esa Essi Ester Esteri Eugen Eva Eve Eveliina Evelina Evita Ewa Fabiola Faduma Fadumo Fanni Fanny Farid Fatima Fatma
Fatuma Felix Femke Fernando Filip Filippa Fiona Fjalar Florian Folke Francisco François Françoise Frank Frans Fredrik
Fredrika Freja Frida Gábor Gabriela Gabriele Gabriella Gáddjá Galina Gary Gerd German Gerrit Gilles Giorgos Gitta
Giulia Göran Gottfrid Graciela Greger Greta Guðrún Guillaume Gun Gunilla Gunnar Gunnel Günter Gunvor Gustaf Gustav Guy
Hagar Håkan Hanna Hannah Hanne Hannele Hannes Hannu Hans Harri Harriet Hasse Heaika Hedvig Heidi Heike Heikki Heimo
Heini Heinz Helen Helena Hélène Helga Helge Heli Helinä Heljä Helje Helka Hellä Hellevi Helli Helmi Helmut Helve Helvi
Hely Henna Hennariikka Henni Henning Henri Henriette Henriikka Henrik Henrika Herkko Herman Hermanni Hertta Hessu
Hilda Hildur Hilja Hilkka Hilla Hille Hillevi Hilma Hilppa Hjalmar Hjördis Hodan Holger Horst Hugo Hulda Ia Ida
Ignacio Igor Iida Iina Iiris Iiro Iisakki Iivari Iivo IJsbrand Ilari Ilja Ilkka Ilmari Ilmo Ilona Ilpo Ilse Ilta Immi
Impi Ina Inari Indrek Inés Inga Ingalill Inge Ingeborg Ingegerd Ingela Inger Ingibjörg Ingmar Ingrid Ingvar Inka
Inkeri Ira Irene Irina Iris Irja Irma Irmeli Iro Isabel Isabella Isabelle Isla Ismo Isto István Ivan Ivar Jaakko Jaan
Jaana Jaani Jacques Jakub Jalmari Jan Jana Jane Janette Jani Janika Janina Janita Janne Jari Jarkko Jarmo Jarno Jaska
Jasmin Jason Jasper Javier Jean Jeanette Jeff Jekaterina Jelena Jenna Jenni Jennifer Jenny Jens Jere Jeremia Jeremias
Jeroen Jesper Jesse Jessica Jim Jimi Jiří Joachim Joakim Joanna João Joe Joel Johan Johanna Johannes John Jón Jonas
Jonathan Joni Jonna Jonne Jooa Joona Joonas Joonatan Jooseppi Joost Jorge Jørgen Joris Jorma Jose Jouko Jouni Jovna
Jovnna Juan Judit Juha Juhán Juhana Juhani Juho Jukka Julia Julien Julius Jürgen Jüri Juska Jussi Jutta Juuli Juulia
Juvvá Jyri Jyrki Kaapo Kaari Kaarina Kaarlo Kadri Kai Kaija Kaino Kaisa Kaisla Kaisu Kaius Kaj Kaja Kajsa Kalervo
Kaleva Kalevi Kalle Káre Karen Kari Karin Karita Karl Karla Karoliina Karolina Kaspar Kasper Kasperi Katalin Katariina
Katarina Katarzyna Kate Katharina Käthe Kathleen Kati Katja Katri Katriina Katrin Kauko Kees Keijo Kennet Kenneth
Kersti Kerstin Kerttu Kevin Khadija Khalil Kielo Kiira Kim Kimi Kimmo Kirill Kirsi Kirsikka Kirsten Kirsti Kjell
Klaara Klas Klaus Konrad Konsta Kostas Kosti Kreeta Krista Krister Kristian Kristiina Kristín Kristina Kristjan Kristo
Kristoffer Krzysztof Kukka Kurt Kustaa Kyllikki Kyösti Lahja Laila Laina Lari Larisa Lars Lasse Lassi László Laura
Layla Lea Leammuid Leea Leena Leevi Leif Leila Lempi Lena Leni Lenita Lenka Lennart Lenni Leo Leonard Liam Liina Liisa
Liisi Lilja Lilli Linda Linh Linn Linnea Lisa Lisbeth Lise Lisen Ljubov Lola Lorenz Lotta Lotte Louise Loviisa Lovisa
Lucas Lucia Ludmila Ludvig Luis Luka Lukas Łukasz Lumia Luukas Lyly Lyudmila Lyydia Lyyli Lyyti Maaret Maaria Maarika
Maarit Maarja Maarten Maëlle Magdalena Magnus Máhte Máhtte Maie Maija Maiju Maikki Maire Maisa Maj Maj-Britt Majvor
Maksim Małgorzata Malin Malla Malle Manfred Manon Måns Manta Manu Manuel Manuela Marcus Marek Máren Máret Margaret
Margareta Margaretha Margit Margus Mari Maria Mariana Marianna Marianne Marie Marieke Mariia Marijke Marika Marina
Marita Maritta Marja Marjaana Marjatta Marje Marjo Marju Marjukka Marjut Marketta Markku Marko Markus Marléne Marta
Märtha Martina Martta Martti Mary Maryan Mathias Mathieu Matias Matilda Matleena Mats Matthias Matti Mauno Mauri Maxim
Maximilian Meelis Meeri Mehmet Mei Melissa Mercedes Meri Merike Merja Mervi Mette Mia Michael Michał Michelle Mielikki
Miguel Mihail Mihkel Miia Miika Miikka Miina Mika Mikael Mikaela Mike Mikhail Mikko Mila Milja Milka Milla Milvi Mimmi
Minea Minh Minna Minttu Mira Mirja Mirjam Mirjami Mirka Mirkka Miro Mirva Miska Moa Mohammed Mona Monica Monika Moona
Moritz Morten Muhammad Mustafa Nadezhda Nadia Nancy Nanna Natalia Natalja Nathalie Nea Neea Nella Nelli Nestori Niamh
Nicholas Niclas Nicola Nicolas Niiles Niillas Niilo Niina Nikita Niklas Niko Nikodemus Nikolai Nikos Nilla Nils Nina
Noel Nooa Noor Noora Norman Nuno Nuppu Nuutti Oili Oiva Okko Oksana Ola Ólafur Olavi Ole Oleg Oleksandr Olena Olga
Oliver Olivia Olivier Olle Olli Olof Onerva Oona Oosa Örjan Orvo Orvokki Oscar Oskar Oskari Osmo Ossi Ossian Östen
Oula Outi Ove Ovllá Oxana Øystein Paavali Paavo Pablo Pádraig Päivi Päivikki Pamela Paola Pär Pasi Patricia Patrik
Paula Pauli Pauliina Paulina Pavel Paweł Peder Pedro Peeter Peetu Pehr Pekka Pekko Pelle Pentti Peppi Per Pernilla
Pertti Perttu Pessi Peter Petja Petr Petra Petri Petrus Petter Petteri Philippe Pia Piera Pierre Pieter Pieti Pihla
Piia Pilar Pilvi Pinja Piotr Pipsa Piret Pirita Pirjo Pirkka Pirkko Pirre Polina Pontus Priit Priska Pyry Raakel Rabbe
Rafael Ragnar Ragnheiður Ragnhild Raija Raili Raimo Raine Raino Raisa Raivo Rakel Ralf Rami Rania Rannveig Raquel
Rasmus Rauha Raul Rauli Rauni Rauno Rávdná Rea Rebecca Rebecka Rebekka Reet Reeta Reetta Reijo Reima Rein Reino Renate
Reza Ricardo Richard Rico Riia Riikka Riina Riitta Rikhard Riku Risten Ristiina Ristin Risto Ritva Robert Robin Roger
Roine Roland Rolf Roman Roni Ronja Roope Roosa Rosa Ruben Rui Runar Rune Rurik Rut Ruth Ruud Ruusu Ruut Saana Saara
Sabina Sabine Säde Saga Saija Saila Saimi Saini Sakari Sakke Saku Salla Sallamari Salli Salma Salme Salomon Sami
Samira Sampo Sampsa Samu Samuel Samuli Sander Sandra Sanelma Sanna Sanne Sanni Santeri Santra Santtu Sara Sarah Sari
Satu Sauli Seán Sebastian Sébastien Seela Seija Selja Selma Senja Senni Seppo Sergei Sergey Sergio Severi Sharon
Sheila Sietske Signe Sigríður Sigrun Sigurd Sigurður Siim Siina Siiri Silja Silke Silvia Simeon Simo Simone Sini
Sinikka Siobhán Sirje Sirkka Sirkku Sirpa Siru Sisko Sisu Siv Sivi Sixten Sofia Sofie Soila Soile Soili Sointu Solveig
Sonja Sophie Søren Staffan Stefan Stefanie Stella Sten Stephan Stéphane Stephanie Stephen Steve Steven Stig Stina
Sture Sulevi Sunna Suoma Susan Susann Susanna Susanne Sussi Suvi Svante Svea Sven Svetlana Sylvester Sylvi Sylvia
Sylvie Taava Taavi Taika Taimi Taina Taisto Tanel Taneli Tanja Tapani Tapio Tariq Tarja Tarmo Taru Tatiana Tatjana
Tatu Tauno Tea Teemu Teija Tellervo Teodor Teppo Teresa Terhi Terho Tero Terttu Teuvo Thea Theodor Thi Thierry Þór
Þóra Thyra Tiago Tiia Tiina Tiit Tiitus Tiiu Tilda Timi Timo Tinja Tino Tobias Toini Tom Tomas Tomasz Tomi Tommi Tommy
Toni Tõnis Tõnu Toomas Topi Topias Tor Torbjörn Tore Torolf Torsten Touko Tove Triin Trygve Tua Tuija Tuire Tuomas
Tuomo Tuovi Turo Tuukka Tuula Tuuli Tuulia Tuulikki Tuuve Tytti Tyyne Tyyni Ukko Ukri Ulf Ulla Ülle Ülo Ulpu Ulrich
Ulrik Ulrika Unelma Unto Urho Urmas Urpo Ursula Urve Usko Ute Uula Uuno Uwe Väinö Valdemar Valentina Valma Valpuri
Valto Valtteri Vanamo Vanessa Vappu Varpu Veera Veeti Veijo Veikka Veikko Veini Veli Venla Vera Verna Verneri Veronica
Veronika Vesa Vidar Viena Vieno Viivi Viking Viktor Viktoria Vilhelm Vilhelmiina Vilho Vili Vilja Viljam Viljami Viljo
Ville Vilma Vilppu Viola Virpi Virva Virve Viveca Viveka Vladimir Vladislav Voitto Vuokko Werner Wilhelm Wilhelmina
Wiljami Wille Willem William Wilma Wojciech Wolfgang Wouter Xiaoming Yasmin Yelena Ylva Yngve Youssef Yrjö Yrsa Yulia
Yuri Yvonne Zahra Zoltán
""".split()

# Both: Heino Lindberg and Tuula Heino.
BOTH = """
Aarnio Abdi Ahmed Ahto Ali Aro Bernard Daniel Diego Edward Francis George Hamid Hassan Heino Helin Henry Hussein
Ibrahim Ismail Jacob Jalo James Jarl Joseph Juuso Kanerva Karim Kauri Khalid Laurent Lauri Lemmy Lumi Mark Martin
Matthew Max Mohamed Omar Onni Otso Otto Paul Rashid Reine Reko Runo Ryan Santos Simon Soini Sulo Thomas Toivo Tuisku
Yusuf
""".split()

FAMILY = """
Aalto Ahde Aho Ahola Ahonen Aikio Åkerlund Åström Autio Bakker Bauer Becker Briain Brown Chen Clarke Cruz Dubois
Dupont Edwards Ehrnrooth Ek Ekman Evans Fernández Ferreira Gao Garcia Girard Gómez González Granroos Green Guo Guttorm
Haavisto Hakala Hall Halla Halme Hannula Hansen Harju Harris Heikkilä Hernández Hirvi Hoang Hoffmann Holmberg Hovi
Huang Hughes Huhta Huttunen Ikävalko Ilves Ivanov Ivanova Jääskö Jama Jäntti Jensen Johansen Jokela Joki Jones Kallio
Kanervo Kangas Karhu Kask Katekeetta Ketola Khan Kitti Kivelä Kivi Klein Koch Koivisto Koivu Kokko Kontio Koppel Koski
Kotila Kovács Kowalski Krogerus Kujala Kukk Kulju Kumar Kurki Kuusela Kuusi Laakso Labba Lahdenperä Lahti Laine Laiti
Laitila Lammi Lampi Länsman Lefèvre Lehti Lehto Leino Lempiäinen Lepistö Lewis Lind Lindh Lindroos Liu Löf Lönn López
Lukkari Luoma Luoto Määttä Magga Mägi Mäkelä Mäki Malmi Mannerheim Mård Martínez Mattus Maunula Melkas Metsä Miller
Moreau Morottaja Müller Murphy Myllys Nagy Näkkäläjärvi Nguyen Nielsen Niemi Nikula Norrgård Novak Nowak Nuorgam Nurmi
Nygård Nyman Öhman Olsen Orava Palo Paltto Pärn Partio Patel Pérez Petrov Petrova Pham Pieski Pihlaja Pitkä Pohjola
Põld Porsanger Puro Rajala Ramírez Ranta Rantala Räty Raudsepp Rauhala Rautio Rebane Reini Repo Richter Rinne Roberts
Rodríguez Rossi Ruohola Ruuska Ruusuvuori Ryti Saar Saarela Saari Saijets Salmi Salo Salovaara Sánchez Sarre Savola
Schmidt Schneider Schulz Sepp Sharma Silva Singh Sinisalo Sipilä Sirén Sjögren Smirnov Smith Sokk Somby Sorsa Sousa
Ståhl Suomi Suominen Szabó Taipale Takala Tamm Tamminen Taylor Tervo Tran Triumf Tuomi Tuominen Tuuri Uotila Utsi
Vaara Vahtera Vainio Valkama Valle Valli Vanha Vanhala Virta Visser Vuokila Vuori Wagner Wahlroos Walker Wallin Wang
Warsame Weber White Wik Wirta Wolf Wood Wright Yang Ylä-Anttila Ylitalo Zhang Zhao Zhou Zhu
""".split()

# Folded; a given name that ends so stands above.
ENDINGS = (
    "nen", "sson", "strom", "berg", "borg", "lund", "qvist", "kvist", "quist", "gren", "holm", "dahl", "stedt",
    "roos", "fors", "blad", "feldt", "felt", "heim", "back", "gard", "lof", "maki", "niemi", "jarvi", "saari",
    "ranta", "kangas", "vaara", "harju", "joki", "salmi", "lampi", "lahti", "koski", "korpi", "talo", "vuori",
    "niitty", "metsa", "kallio", "luoma", "nurmi", "virta", "tola", "kkila", "skog", "marck", "vall", "wall", "ova",
    "enko", "enkova", "ski", "skaya", "opoulos", "escu", "ssila", "ttila", "ikkola", "ukkola", "kivi", "rinne",
    "vainio", "kunnas", "blom", "isto", "off", "puu", "magi",
    "ова", "ева", "енко", "ская",
)  # fmt: skip
WEAK_ENDINGS = (
    "aho", "oja", "suo", "maa", "paa", "man", "mark", "son", "sen", "ov", "ev", "ez", "ola", "ela", "ila", "ala", "ula",
    "kka", "mann", "lander", "tio", "nio",
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
