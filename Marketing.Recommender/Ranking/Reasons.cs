using System.Globalization;
using Marketing.Recommender.Model;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Sources;

namespace Marketing.Recommender.Ranking;

/// <summary>One sentence that tells a person why. Made of figures only, never of what anybody said.</summary>
internal static class Reasons
{
    /// <summary>Why this campaign, from the source that gave most to it.</summary>
    public static string For(RecommendationContext context, int ordinal, IRecallSource? main)
    {
        var why = main?.Basis switch
        {
            RecommendationBasis.Chat => OfChat(context, ordinal),
            RecommendationBasis.Behaviour => "Goes with what this person responded to",
            _ when main?.Name == "trending" => "More asked for than usual today",
            _ when context.Models.Engagement[ordinal].Count.Total == 0 => "New, and placed by how similar campaigns do",
            _ => "Does well with everybody",
        };
        return why + Performance(context.Models.Engagement[ordinal].Count);
    }

    /// <summary>Why this campaign, from those who said something similar; when none of them touched it, from its text.</summary>
    public static string OfChat(RecommendationContext context, int ordinal)
    {
        // One edge a user and campaign, so counting edges counts people.
        int responded = 0, touched = 0;
        for (var i = 0; i < context.NeighbourEdges.Count; i++)
        {
            if (context.NeighbourEdges[i] is { Edge: { Dismissals: 0 } edge } touching && touching.Ordinal == ordinal)
            {
                touched++;
                responded += edge is { Clicks: > 0 } or { Conversions: > 0 } ? 1 : 0;
            }
        }

        return responded > 0 ? $"{Said(responded)} clicked or converted"
            : touched > 0 ? $"{Said(touched)} came across it"
            : "Is about what this person said";
    }

    private static string Said(int people) => people == 1
        ? "1 person who said something similar"
        : string.Create(CultureInfo.InvariantCulture, $"{people} people who said similar things");

    /// <summary>How it does, as the end of a sentence; empty when nothing is known.</summary>
    public static string Performance(in CampaignCount count)
    {
        var exposures = Math.Max(count.Views, Math.Max(count.Clicks, count.Conversions));
        return count switch
        {
            { Conversions: > 0, Views: > 0 } =>
                string.Create(CultureInfo.InvariantCulture, $"; converts at {100.0 * count.Conversions / exposures:0.#} %"),
            { Clicks: > 0, Views: > 0 } =>
                string.Create(CultureInfo.InvariantCulture, $"; clicked at {100.0 * count.Clicks / exposures:0.#} %"),
            { Conversions: > 0 } => string.Create(CultureInfo.InvariantCulture, $"; {count.Conversions} conversions so far"),
            { Clicks: > 0 } => string.Create(CultureInfo.InvariantCulture, $"; {count.Clicks} clicks so far"),
            _ => string.Empty,
        };
    }
}
