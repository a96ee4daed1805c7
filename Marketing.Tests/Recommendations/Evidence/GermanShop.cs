using Marketing.Domain;

namespace Marketing.Tests.Recommendations.Evidence;

/// <summary>A shop where everyone speaks German: ten topics, one campaign each, and one customer per sentence.</summary>
internal static class GermanShop
{
    /// <summary>The campaign, a question no one has asked yet, and the messages of its customers.</summary>
    public static readonly (Campaign Campaign, string Question, string[] Said)[] Topics =
    [
        (new(new("waschmaschine"), "Neue Waschmaschinen", "Leise Waschmaschinen und Trockner mit kostenloser Lieferung und Mitnahme des alten Geräts."),
            "Meine alte Waschmaschine schleudert nicht mehr, welche neue ist leise?",
            [
                "Welche Waschmaschine schleudert am leisesten?", "Meine Waschmaschine ist kaputt und pumpt das Wasser nicht mehr ab",
                "Nehmen Sie die alte Waschmaschine bei der Lieferung mit?", "Ich suche einen Trockner, der auf die Waschmaschine passt",
                "Wie viel Strom braucht eine neue Waschmaschine?", "Die Waschmaschine wackelt beim Schleudern sehr stark",
                "Gibt es Waschmaschinen für acht Kilo Wäsche?", "Wann wird meine neue Waschmaschine geliefert?",
                "Der Trockner macht die Wäsche nicht richtig trocken", "Welche Waschmaschine ist sparsam und leise?",
                "Schließt der Fahrer die neue Waschmaschine auch an?",
            ]),
        (new(new("fahrrad"), "Fahrräder und E-Bikes", "Fahrräder, E-Bikes, Helme und Schlösser für den Weg zur Arbeit und die Tour am Wochenende."),
            "Wie lange hält der Akku vom E-Bike auf einer Tour?",
            [
                "Welches Fahrrad passt zu meiner Größe?", "Wie weit komme ich mit dem Akku eines E-Bikes?",
                "Ich brauche ein sicheres Schloss für mein Fahrrad", "Die Bremsen an meinem Fahrrad quietschen",
                "Kann ich ein E-Bike vor dem Kauf Probe fahren?", "Mein Fahrrad hat einen Platten, haben Sie Schläuche?",
                "Welchen Helm empfehlen Sie zum Fahrradfahren?", "Gibt es das E-Bike auch mit tiefem Einstieg?",
                "Wie lange lädt der Akku vom E-Bike?", "Ich möchte mein altes Fahrrad in Zahlung geben",
                "Haben Sie Fahrräder für die Tour mit Kindern?",
            ]),
        (new(new("garten"), "Alles für den Garten", "Rasenmäher, Pflanzen, Erde und Gartenmöbel für Beet, Balkon und Terrasse."),
            "Welche Erde brauche ich für Tomaten im Beet?",
            [
                "Wann pflanze ich Tomaten ins Beet?", "Welcher Rasenmäher ist gut für einen kleinen Garten?",
                "Ich suche Gartenmöbel für die Terrasse", "Welche Erde nehme ich für Rosen?",
                "Der Rasen im Garten hat viel Moos, was hilft?", "Haben Sie Pflanzen für einen schattigen Balkon?",
                "Mein Rasenmäher springt nicht an", "Wie oft muss ich die Hecke im Garten schneiden?",
                "Welche Blumen blühen im Beet den ganzen Sommer?", "Ich brauche zwanzig Säcke Erde für das Hochbeet",
                "Gibt es Gartenmöbel, die im Winter draußen bleiben können?",
            ]),
        (new(new("kaffee"), "Kaffee und Espresso", "Kaffeemaschinen, Bohnen und Zubehör für Espresso, Cappuccino und Filterkaffee."),
            "Welche Bohnen eignen sich für Espresso aus der Kaffeemaschine?",
            [
                "Welche Bohnen passen zu einem Espresso?", "Meine Kaffeemaschine zeigt an, dass sie entkalkt werden muss",
                "Gibt es Kaffeemaschinen mit Milchschaum für Cappuccino?", "Der Kaffee aus der Maschine schmeckt bitter",
                "Wie mahle ich Bohnen für Filterkaffee?", "Ich suche eine kleine Espressomaschine für das Büro",
                "Haben Sie Kaffee ohne Koffein?", "Wie reinige ich den Milchschäumer der Kaffeemaschine?",
                "Welche Kaffeemaschine macht zwei Tassen Espresso zugleich?", "Sind die Bohnen frisch geröstet?",
                "Ich hätte gern ein Abo für Kaffee und Espresso",
            ]),
        (new(new("laufschuhe"), "Laufschuhe", "Laufschuhe mit Dämpfung für Straße, Wald und Marathon, mit Beratung zur Laufanalyse."),
            "Welche Laufschuhe mit guter Dämpfung taugen für einen Marathon?",
            [
                "Welche Laufschuhe sind gut für Anfänger?", "Ich trainiere für einen Marathon und brauche neue Laufschuhe",
                "Die Laufschuhe drücken an den Zehen", "Gibt es Laufschuhe mit mehr Dämpfung?",
                "Kann ich eine Laufanalyse bei Ihnen machen?", "Welche Schuhe taugen zum Laufen im Wald?",
                "Wie viele Kilometer halten Laufschuhe?", "Ich habe Schmerzen im Knie nach dem Laufen, welche Schuhe helfen?",
                "Haben Sie Laufschuhe für breite Füße?", "Sind die Laufschuhe wasserdicht?",
                "Welche Größe nehme ich bei Laufschuhen?",
            ]),
        (new(new("handy"), "Handys mit Vertrag", "Handys und Tarife mit viel Datenvolumen, ohne Anschlusspreis und mit alter Rufnummer."),
            "Kann ich beim neuen Tarif fürs Handy meine Rufnummer behalten?",
            [
                "Kann ich meine Rufnummer zum neuen Tarif mitnehmen?", "Wie viel Datenvolumen hat der Tarif?",
                "Das Display von meinem Handy ist gesprungen", "Welches Handy macht die besten Fotos?",
                "Wann kann ich meinen Handyvertrag kündigen?", "Der Akku vom Handy ist schnell leer",
                "Gibt es einen Tarif ohne Vertrag?", "Mein Handy findet kein Netz mehr",
                "Was kostet der Tarif nach zwei Jahren?", "Ich brauche eine zweite SIM-Karte für mein Handy",
                "Wie übertrage ich meine Fotos auf das neue Handy?",
            ]),
        (new(new("koffer"), "Koffer und Reisetaschen", "Leichte Koffer, Handgepäck und Reisetaschen für Flug, Bahn und Urlaub."),
            "Welcher leichte Koffer geht im Flugzeug als Handgepäck durch?",
            [
                "Welche Maße darf das Handgepäck im Flugzeug haben?", "Ich suche einen leichten Koffer für den Urlaub",
                "Eine Rolle an meinem Koffer ist abgebrochen", "Gibt es den Koffer auch in Blau?",
                "Passt die Reisetasche unter den Sitz im Flugzeug?", "Ich habe den Code vom Koffer vergessen",
                "Welcher Koffer reicht für zwei Wochen Urlaub?", "Ist der Koffer aus hartem Kunststoff?",
                "Haben Sie Reisetaschen mit Rollen?", "Wie schwer ist der große Koffer leer?",
                "Wir fliegen in den Urlaub und brauchen Handgepäck",
            ]),
        (new(new("baby"), "Für das Baby", "Kinderwagen, Windeln, Fläschchen und Kleidung für die ersten zwölf Monate."),
            "Welche Windeln sind gut für ein Baby mit empfindlicher Haut?",
            [
                "Welche Windeln passen einem Baby mit fünf Kilo?", "Ich suche einen leichten Kinderwagen für die Stadt",
                "Wie wasche ich die Kleidung für mein Baby?", "Sind die Fläschchen frei von Schadstoffen?",
                "Mein Baby hat empfindliche Haut, welche Creme ist gut?", "Der Kinderwagen lässt sich nicht zusammenklappen",
                "Ab wann darf ein Baby im Kinderwagen sitzen?", "Gibt es Windeln im Abo?",
                "Welche Größe braucht ein Baby mit sechs Monaten?", "Haben Sie Schlafsäcke für das Baby im Winter?",
                "Unser Baby trinkt nicht gern aus dem Fläschchen",
            ]),
        (new(new("hund"), "Futter für Hunde", "Hundefutter, Leinen und Körbe für Welpen und große Hunde."),
            "Welches Futter verträgt ein junger Hund mit empfindlichem Magen?",
            [
                "Welches Futter ist gut für einen Welpen?", "Mein Hund verträgt das neue Futter nicht",
                "Ich suche eine lange Leine für den Hund", "Wie viel Futter braucht ein großer Hund am Tag?",
                "Haben Sie Hundefutter ohne Getreide?", "Der Hund zieht beim Spazieren stark an der Leine",
                "Welcher Korb passt für zwei Hunde?", "Gibt es Leckerli für Hunde mit empfindlichem Magen?",
                "Mein Welpe kaut alles an, was hilft?", "Kann ich Hundefutter regelmäßig liefern lassen?",
                "Unser Hund mag kein Trockenfutter",
            ]),
        (new(new("buch"), "Bücher und Romane", "Romane, Krimis und Kinderbücher, gedruckt oder als Hörbuch."),
            "Können Sie einen spannenden Krimi als Hörbuch empfehlen?",
            [
                "Welchen Krimi können Sie mir empfehlen?", "Gibt es den Roman auch als Hörbuch?",
                "Ich suche ein Kinderbuch für einen Sechsjährigen", "Wann erscheint der nächste Band der Reihe?",
                "Haben Sie den Roman auch als Taschenbuch?", "In meinem Buch fehlen einige Seiten",
                "Welche Bücher stehen gerade auf der Bestsellerliste?", "Ich möchte einen Roman verschenken",
                "Kann ich das Hörbuch auf dem Telefon hören?", "Ist der Krimi spannend oder eher ruhig?",
                "Meine Tochter liest gern Bücher über Pferde",
            ]),
    ];

    /// <summary>Returns the shop with all its customers, each of whom clicked the campaign for their topic.</summary>
    public static async Task<RecommenderWorld> OpenAsync()
    {
        var world = new RecommenderWorld();
        await world.PutAsync([.. Topics.Select(topic => topic.Campaign)]);
        foreach (var (campaign, _, said) in Topics)
        {
            foreach (var (number, text) in said.Index())
            {
                world.Say($"{campaign.Id.Value} {number}", text);
                world.Do($"{campaign.Id.Value} {number}", InteractionType.View, campaign.Id.Value);
                world.Do($"{campaign.Id.Value} {number}", number % 3 == 0 ? InteractionType.Convert : InteractionType.Click, campaign.Id.Value);
            }
        }

        return world;
    }
}
