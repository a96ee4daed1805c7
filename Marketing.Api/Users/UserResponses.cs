using Marketing.Api.Interactions;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;

namespace Marketing.Api.Users;

/// <summary>What is known of a user.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Attributes">What audiences ask for.</param>
/// <param name="LastSeenAt">When the newest interaction occurred; absent when there is none.</param>
/// <param name="Campaigns">What the user did with campaigns, the last touched first, fifty at most.</param>
internal sealed record UserResponse(
    string UserId,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset? LastSeenAt,
    IReadOnlyList<CampaignActivity> Campaigns);

/// <summary>What a user did with one campaign.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Chats">How often the user spoke about it.</param>
/// <param name="Views">How often it was shown.</param>
/// <param name="Clicks">How often it was followed.</param>
/// <param name="Conversions">How often it did what was asked.</param>
/// <param name="Dismissals">How often it was sent away.</param>
/// <param name="LastAt">Time of the newest of these.</param>
internal sealed record CampaignActivity(
    string CampaignId, int Chats, int Views, int Clicks, int Conversions, int Dismissals, DateTimeOffset LastAt)
{
    public static CampaignActivity From(CampaignEdge edge) => new(
        edge.CampaignId.Value, edge.Chats, edge.Views, edge.Clicks, edge.Conversions, edge.Dismissals, edge.LastAt);
}

/// <summary>A user's attributes.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Attributes">Attribute name to value.</param>
internal sealed record UserAttributesResponse(string UserId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A user whose messages mean the same.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Similarity">Cosine of the nearest pair of messages, -1 to 1.</param>
/// <param name="MessageId">The event id of that user's nearest message.</param>
internal sealed record SimilarUserResponse(string UserId, double Similarity, string MessageId)
{
    public static SimilarUserResponse From(SimilarUser user) => new(user.UserId.Value, user.Similarity, user.MessageId.Value);
}

/// <summary>The users similar to one.</summary>
/// <param name="Items">Best first; empty when the user never chatted.</param>
internal sealed record SimilarUsersResponse(IReadOnlyList<SimilarUserResponse> Items);

/// <summary>Everything that is known of a user, for the user.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Attributes">Attribute name to value.</param>
/// <param name="Campaigns">What the user did with each campaign.</param>
/// <param name="DeadLetters">What could not be taken in, and names the user.</param>
/// <param name="Interactions">Every interaction, newest first; streamed.</param>
internal sealed record UserExportResponse(
    string UserId,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<CampaignActivity> Campaigns,
    IReadOnlyList<ExportedDeadLetter> DeadLetters,
    IAsyncEnumerable<InteractionResponse> Interactions);

/// <summary>Something that could not be taken in or projected, with what was sent.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Error">Why.</param>
/// <param name="FailedAt">When.</param>
/// <param name="EventId">The interaction, when it got into the log.</param>
/// <param name="Payload">What was sent, when it did not.</param>
internal sealed record ExportedDeadLetter(string Source, string Error, DateTimeOffset FailedAt, string? EventId, string? Payload)
{
    public static ExportedDeadLetter From(DeadLetter letter) =>
        new(letter.Source, letter.Error, letter.FailedAt, letter.EventId?.Value, letter.Payload);
}
