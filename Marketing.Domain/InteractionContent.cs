using System.Text.Json;

namespace Marketing.Domain;

/// <summary>Tells a retry from a different interaction that reuses the same id by mistake.</summary>
public static class InteractionContent
{
    /// <summary>Returns whether <paramref name="sent"/> has the same content as the stored interaction with its id.</summary>
    /// <remarks>
    /// Compares with the stored row, not a digest: a digest would cost every append, and a short text could be guessed from it
    /// after retention removed the text. A removed text is therefore not compared. Neither is a time that the sender did not
    /// give, because it differs on every retry.
    /// </remarks>
    public static bool IsSame(Interaction stored, Interaction sent) =>
        stored.UserId == sent.UserId
        && stored.Type == sent.Type
        && stored.CampaignId == sent.CampaignId
        && (sent.IsTimedOnReceipt || stored.OccurredAt.ToUnixTimeMilliseconds() == sent.OccurredAt.ToUnixTimeMilliseconds())
        && (stored.Text is null || stored.Text == sent.Text)
        && SameJson(stored.Properties, sent.Properties);

    /// <summary>Compares parsed JSON, because a retry may change white space or property order.</summary>
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
