using Marketing.Api.Interactions;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;

namespace Marketing.Api.Users;

/// <summary>The data about a user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Attributes">The attributes that audiences match.</param>
/// <param name="LastSeenAt">When the newest interaction occurred; absent when there is none.</param>
/// <param name="Campaigns">The user's activity with campaigns, most recent first, at most fifty.</param>
internal sealed record UserResponse(
    string UserId,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset? LastSeenAt,
    IReadOnlyList<CampaignActivity> Campaigns);

/// <summary>A user's activity with one campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Chats">Chats that named the campaign.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
/// <param name="LastAt">When the newest of these occurred.</param>
internal sealed record CampaignActivity(
    string CampaignId, int Chats, int Views, int Clicks, int Conversions, int Dismissals, DateTimeOffset LastAt)
{
    public static CampaignActivity From(CampaignEdge edge) => new(
        edge.CampaignId.Value, edge.Chats, edge.Views, edge.Clicks, edge.Conversions, edge.Dismissals, edge.LastAt);
}

/// <summary>A user's attributes.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Attributes">Maps an attribute name to its value.</param>
internal sealed record UserAttributesResponse(string UserId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A user whose messages have a similar meaning.</summary>
/// <param name="UserId">The similar user.</param>
/// <param name="Similarity">The cosine similarity of the nearest pair of messages, -1 to 1.</param>
/// <param name="MessageId">The event id of the similar user's nearest message.</param>
internal sealed record SimilarUserResponse(string UserId, double Similarity, string MessageId)
{
    public static SimilarUserResponse From(SimilarUser user) => new(user.UserId.Value, user.Similarity, user.MessageId.Value);
}

/// <summary>The users who are similar to one user.</summary>
/// <param name="Items">The similar users, best first; empty when the user never chatted.</param>
internal sealed record SimilarUsersResponse(IReadOnlyList<SimilarUserResponse> Items);

/// <summary>Everything that is stored about a user, for the user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Attributes">Maps an attribute name to its value.</param>
/// <param name="Campaigns">The user's activity with each campaign.</param>
/// <param name="DeadLetters">The dead letters that name the user.</param>
/// <param name="Interactions">Every interaction, newest first; streamed.</param>
internal sealed record UserExportResponse(
    string UserId,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<CampaignActivity> Campaigns,
    IReadOnlyList<ExportedDeadLetter> DeadLetters,
    IAsyncEnumerable<InteractionResponse> Interactions);

/// <summary>A dead letter, with its payload.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Error">Why it was refused.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="EventId">The event id, if the interaction reached the log.</param>
/// <param name="Payload">What was sent, if the interaction did not reach the log.</param>
internal sealed record ExportedDeadLetter(string Source, string Error, DateTimeOffset FailedAt, string? EventId, string? Payload)
{
    public static ExportedDeadLetter From(DeadLetter letter) =>
        new(letter.Source, letter.Error, letter.FailedAt, letter.EventId?.Value, letter.Payload);
}
