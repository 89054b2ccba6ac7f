package org.rollcall.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The names that invented people, places and projects are made of.
final class PeopleNames {
    static final List<String> GIVEN = words("""
            Aaliyah Aaron Adele Aino Aisha Alejandro Alice Amara Amina Anders Andrzej Anika Anna Antoine Arjun Astrid
            Ayumi Beatriz Benoît Björn Bram Camille Carlos Catarina Chidi Chloé Clara Daan Dagny David Deepika Diego
            Dmitri Elena Elif Emeka Emil Emma Erik Esra Eva Fatima Felix Fernanda Finn Florian Freja Gabriel Giulia
            Grace Hana Hannah Henrik Hiroshi Ines Ingrid Isabel Ivan Jakub James Jan Jasmin João Johanna Jonas Jürgen
            Kaito Karin Katarzyna Kemal Khadija Klaus Lars Laura Leila Léa Lena Liam Linnea Lucas Luísa Magnus Malik
            Marek Maria Marta Mateo Matthias Mei Mia Miguel Mohammed Nadia Naomi Niamh Nikolai Noah Nora Olga Oliver
            Omar Oskar Paolo Patrick Paula Pedro Petra Priya Rahul Raúl Rebecca Renée Rosa Ruth Ryan Samira Sanjay Sara
            Sebastian Selma Sofia Søren Stefan Sven Tariq Theo Thomas Tomáš Ulrike Valentina Vera Viktor Wanda William
            Xavier Yara Yuki Yusuf Zeynep Zofia""");
    static final List<String> SURNAMES = words("""
            Abdullah Adeyemi Agarwal Ahmed Almeida Andersen Andersson Baker Bauer Becker Berg Bianchi Blanc Brown Bruun
            Campbell Carter Castro Chen Clark Cohen Costa Cruz Dahl Das Davies Delgado Demir Dubois Dvořák Eriksson
            Esposito Evans Faure Fernandes Ferrari Fischer Fontaine Fuchs Garcia Gomez González Gupta Haas Haddad Hansen
            Hartmann Hernández Hoffmann Horvat Ibrahim Iversen Jackson Jansen Jensen Johansson Jones Kaya Keller Khan
            Kim Klein Koch Kovács Kowalski Kumar Lambert Larsen Laurent Lehmann Leroy Lewis Lindberg López Lopes Lund
            Maier Martin Martínez Mazur Meyer Moreau Moretti Morris Müller Murphy Nakamura Nguyen Nielsen Novák Nowak
            Okafor Olsen Öztürk Park Patel Petersen Petrov Pereira Popescu Ramos Rao Reyes Richter Rossi Roux Ruiz
            Sánchez Sato Schäfer Schmidt Schneider Schröder Sharma Silva Singh Smith Sokolov Sørensen Souza Suzuki
            Svensson Tanaka Taylor Torres Tóth Vasquez Visser Vogel Wagner Walker Weber Williams Wilson Wójcik Wolf
            Wright Yamamoto Yılmaz Young Zhang Ziegler Zimmermann""");
    static final List<String> CITIES = List.of("Berlin", "Copenhagen", "Dublin", "Lisbon", "Lyon", "Madrid", "Milan",
            "Osaka", "Pune", "Seattle", "Stockholm", "Warsaw");
    static final List<String> COUNTRIES = List.of("DE", "DK", "IE", "PT", "FR", "ES", "IT", "JP", "IN", "US", "SE",
            "PL");
    static final List<String> LANGUAGES = List.of("de-DE", "da-DK", "en-IE", "pt-PT", "fr-FR", "es-ES", "it-IT",
            "ja-JP", "en-IN", "en-US", "sv-SE", "pl-PL");
    static final List<String> ADJECTIVES = words("""
            Amber Autumn Azure Bold Bright Calm Cobalt Copper Coral Crimson Crystal Distant Eager Emerald Gentle Golden
            Granite Hidden Indigo Iron Ivory Jade Lunar Maple Marble Misty Noble Northern Opal Polar Quiet Rapid Royal
            Ruby Rustic Sable Scarlet Silent Silver Solar Southern Steady Stellar Summer Swift Velvet Violet Western
            Wild Winter""");
    static final List<String> NOUNS = words("""
            Anchor Arrow Badger Beacon Birch Bridge Canyon Cedar Comet Condor Delta Eagle Falcon Fjord Forest Fox Glacier
            Harbor Hawk Heron Horizon Island Jaguar Kestrel Lagoon Lantern Lynx Meadow Meridian Mountain Oak Orchard
            Osprey Otter Panther Pine Prairie Quarry Raven Reef River Sail Sparrow Summit Thunder Tiger Valley Willow
            Wolf Zephyr""");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9.'_-]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private PeopleNames() {}

    /// As a mail address writes it: ASCII letters without accents.
    static String plain(String name) {
        String spelt = name.replace("ø", "o").replace("Ø", "O").replace("ı", "i").replace("ł", "l").replace("ß", "ss");
        String stripped = MARKS.matcher(Normalizer.normalize(spelt, Normalizer.Form.NFD)).replaceAll("");
        return NOT_PLAIN.matcher(stripped).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
