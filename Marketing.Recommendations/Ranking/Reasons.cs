using System.Globalization;
using Marketing.Domain;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Recall.Trending;

namespace Marketing.Recommendations.Ranking;

/// <summary>
/// One sentence that tells a person why. Made of figures only, never of what anybody said. Whatever it claims is in the evidence of the
/// same answer: a reason that the figures do not bear out is not given.
/// </summary>
internal static class Reasons
{
    /// <summary>Why this campaign, from the source that gave most to it; null: none gave anything.</summary>
    public static string For(RecommendationContext context, int ordinal, IRecallSource? main) =>
        main switch
        {
            { Basis: RecommendationBasis.Chat } => OfSimilarUsers(context, ordinal) ?? "Is about what this person said",
            { Basis: RecommendationBasis.Behaviour } => OfBehaviour(context, ordinal),
            TrendingSource => "More activity than usual in the last day",
            _ => InGeneral(context, ordinal, ranked: main is not null),
        }
        + Performance(context.Models.Engagement[ordinal].Count);

    /// <summary>Why this campaign in <c>classic</c>, which knows one reason at a time.</summary>
    public static string ForBasis(RecommendationContext context, int ordinal, RecommendationBasis basis, bool ranked) =>
        basis switch
        {
            RecommendationBasis.Chat => OfSimilarUsers(context, ordinal) ?? $"{Said(EdgesOf(context, ordinal))} interacted with it",
            RecommendationBasis.Behaviour => OfBehaviour(context, ordinal),
            _ => InGeneral(context, ordinal, ranked),
        }
        + Performance(context.Models.Engagement[ordinal].Count);

    /// <summary>How it does, as the end of a sentence; empty when nobody responded. A rate only where views were reported at all.</summary>
    public static string Performance(in CampaignCount count)
    {
        var viewed = count.Views >= Math.Max(count.Clicks, count.Conversions);
        return count switch
        {
            { Conversions: > 0 } when viewed => $"; converts at {Percent(count.Conversions, count.Views)}",
            { Clicks: > 0 } when viewed => $"; clicked at {Percent(count.Clicks, count.Views)}",
            { Conversions: > 0 } => $"; {Counted(count.Conversions, "conversion")} so far",
            { Clicks: > 0 } => $"; {Counted(count.Clicks, "click")} so far",
            _ => string.Empty,
        };
    }

    /// <summary>How many of those who said something similar turned to it; null when none did.</summary>
    private static string? OfSimilarUsers(RecommendationContext context, int ordinal)
    {
        // One edge a user and campaign, so counting edges counts people.
        int responded = 0, touched = 0;
        for (var i = 0; i < context.NeighborEdges.Count; i++)
        {
            if (context.NeighborEdges[i] is { Edge: { Dismissals: 0 } edge } touching && touching.Ordinal == ordinal)
            {
                touched++;
                responded += edge is { Clicks: > 0 } or { Conversions: > 0 } ? 1 : 0;
            }
        }

        return responded > 0 ? $"{Said(responded)} clicked or converted"
            : touched > 0 ? $"{Said(touched)} saw it or asked about it"
            : null;
    }

    private static int EdgesOf(RecommendationContext context, int ordinal)
    {
        var edges = 0;
        for (var i = 0; i < context.NeighborEdges.Count; i++)
        {
            edges += context.NeighborEdges[i].Ordinal == ordinal ? 1 : 0;
        }

        return edges;
    }

    /// <summary>What the user did that speaks for it: the strongest kind of it.</summary>
    private static string OfBehaviour(RecommendationContext context, int ordinal)
    {
        bool responded = false, asked = false;
        for (var i = 0; i < context.OwnEdges.Count; i++)
        {
            if (context.OwnEdges[i] is { Dismissals: 0 } edge && SpeaksFor(context, edge.CampaignId, ordinal))
            {
                responded |= edge is { Clicks: > 0 } or { Conversions: > 0 };
                asked |= edge.Chats > 0;
            }
        }

        return responded ? "Goes with what this person responded to"
            : asked ? "Goes with what this person asked about"
            : "Goes with what this person has seen";
    }

    /// <summary>Whether having turned to the one speaks for the other; for a campaign without weights of its own, through those about the same.</summary>
    private static bool SpeaksFor(RecommendationContext context, CampaignId turnedTo, int ordinal) =>
        context.Models.ItemItem is { } model
        && (context.Models.Touched[ordinal]
            ? model.WeightOf(turnedTo, context.Models.Campaigns.Campaigns[ordinal].Id) > 0
            : model.Knows(turnedTo));

    private static string InGeneral(RecommendationContext context, int ordinal, bool ranked)
    {
        var engagement = context.Models.Engagement[ordinal];
        return engagement.Count switch
        {
            { Total: 0 } => ranked && IsJudgedByOthers(context, ordinal)
                ? "New; ranked by how similar campaigns perform"
                : "No interactions counted yet",
            { Clicks: > 0 } or { Conversions: > 0 } => engagement.Rate > context.Models.EngagementPart?.PriorRate
                ? "Performs above average"
                : "Gets some response",
            { Views: > 0 } count => $"Shown {Counted(count.Views, "time")}, no clicks yet",
            _ => "No clicks yet",
        };
    }

    private static bool IsJudgedByOthers(RecommendationContext context, int ordinal)
    {
        if (context.Models is { EngagementPart: not null, Profiles: { } profiles })
        {
            foreach (var (other, _) in profiles.Alike.To(ordinal))
            {
                if (context.Models.Engagement[other].Exposures > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Said(int people) => people == 1
        ? "1 person who said something similar"
        : string.Create(CultureInfo.InvariantCulture, $"{people} people who said similar things");

    private static string Counted(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Percent(long part, long whole)
    {
        var percent = 100.0 * part / whole;
        return percent < 0.1 ? "less than 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} %");
    }
}
