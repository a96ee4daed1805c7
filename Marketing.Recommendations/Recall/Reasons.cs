using System.Globalization;
using Marketing.Domain;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Recall;

/// <summary>
/// Writes the one-sentence reason for a recommendation, from figures only and never from chat text. Every claim is backed by the
/// evidence in the same answer.
/// </summary>
internal static class Reasons
{
    /// <summary>Returns the reason, based on <paramref name="main"/>, the source that contributed most (null if none did).</summary>
    public static string For(RecommendationContext context, int ordinal, IRecallSource? main) =>
        (main?.ReasonFor(context, ordinal) ?? InGeneral(context, ordinal, ranked: false)) + Performance(context.Models.Engagement[ordinal].Count);

    /// <summary>Returns the reason in <c>classic</c>, which has one basis at a time.</summary>
    public static string ForBasis(RecommendationContext context, int ordinal, RecommendationBasis basis, bool ranked) =>
        basis switch
        {
            RecommendationBasis.Chat => OfSimilarUsers(context, ordinal) ?? $"{Said(EdgesOf(context, ordinal))} interacted with it",
            RecommendationBasis.Behaviour => FromBehavior(context, ordinal),
            _ => InGeneral(context, ordinal, ranked),
        }
        + Performance(context.Models.Engagement[ordinal].Count);

    /// <summary>
    /// Returns the campaign's performance as a sentence ending: empty without responses, a rate only if views were reported.
    /// </summary>
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

    /// <summary>Returns what people who said similar things did with the campaign, or that it matches what this person said.</summary>
    public static string FromChat(RecommendationContext context, int ordinal) =>
        OfSimilarUsers(context, ordinal) ?? "Related to what this person said";

    /// <summary>Counts the similar users who interacted with the campaign; null if none did.</summary>
    private static string? OfSimilarUsers(RecommendationContext context, int ordinal)
    {
        // There is one edge per user and campaign, so counting edges counts users.
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

    /// <summary>Names the user's strongest type of interaction that speaks for the campaign.</summary>
    public static string FromBehavior(RecommendationContext context, int ordinal)
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

    /// <summary>Whether interest in one campaign predicts the other; if the other has no weights, any campaign with weights does.</summary>
    private static bool SpeaksFor(RecommendationContext context, CampaignId turnedTo, int ordinal) =>
        context.Models.ItemItem is { } model
        && (context.Models.Touched[ordinal]
            ? model.WeightOf(turnedTo, context.Models.Campaigns.Campaigns[ordinal].Id) > 0
            : model.Knows(turnedTo));

    /// <summary>How it does with everybody.</summary>
    /// <param name="context">What was read.</param>
    /// <param name="ordinal">The campaign.</param>
    /// <param name="ranked">Whether a source gave it a score: a new campaign without one was not ranked by similar ones.</param>
    public static string InGeneral(RecommendationContext context, int ordinal, bool ranked)
    {
        var engagement = context.Models.Engagement[ordinal];
        return engagement.Count switch
        {
            { Total: 0 } => ranked && IsJudgedByOthers(context, ordinal)
                ? "New; ranked by how similar campaigns perform"
                : "No interactions counted yet",
            { Clicks: > 0 } or { Conversions: > 0 } => engagement.Rate > context.Models.EngagementPart?.PriorRate
                ? "Performs above average"
                : "Gets some responses",
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
        return percent < 0.1 ? "less than 0.1%" : string.Create(CultureInfo.InvariantCulture, $"{percent:0.#}%");
    }
}
