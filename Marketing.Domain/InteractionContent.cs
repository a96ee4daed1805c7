using System.Text.Json;

namespace Marketing.Domain;

/// <summary>Tells a retry from a second interaction that was given the same id by mistake.</summary>
public static class InteractionContent
{
    /// <summary>Whether <paramref name="sent"/> says the same as what the log holds under its id.</summary>
    /// <remarks>
    /// The log's own row is compared, not a digest: a digest would cost every append, and would let a short text be guessed
    /// after retention has removed it. So a text that retention removed is not compared. Neither is a time that the sender
    /// did not give, which differs from one retry to the next.
    /// </remarks>
    public static bool IsSame(Interaction stored, Interaction sent) =>
        stored.UserId == sent.UserId
        && stored.Type == sent.Type
        && stored.CampaignId == sent.CampaignId
        && (sent.IsTimedOnReceipt || stored.OccurredAt.ToUnixTimeMilliseconds() == sent.OccurredAt.ToUnixTimeMilliseconds())
        && (stored.Text is null || stored.Text == sent.Text)
        && SameJson(stored.Properties, sent.Properties);

    /// <summary>A retry may write its JSON anew, with other white space or another order of the names.</summary>
    private static bool SameJson(string? left, string? right)
    {
        if (left == right || left is null || right is null)
        {
            return left == right;
        }

        try
        {
            using var one = JsonDocument.Parse(left);
            using var other = JsonDocument.Parse(right);
            return JsonElement.DeepEquals(one.RootElement, other.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
