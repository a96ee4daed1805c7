using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.Contents;

/// <summary>
/// Converts values of the domain to records and back. Times are milliseconds since 1970, UTC: the precision that all stores share.
/// </summary>
internal static class Records
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static LogRecord Of(Interaction interaction) => Of(interaction.Id.Value, new InteractionFields(
        interaction.UserId.Value,
        interaction.Type.ToString(),
        interaction.CampaignId?.Value,
        interaction.Text,
        interaction.OccurredAt.ToUnixTimeMilliseconds(),
        interaction.Properties));

    public static LogRecord Of(Campaign campaign) => Of(campaign.Id.Value, new CampaignFields(
        campaign.Name,
        campaign.Text,
        campaign.StartsAt?.ToUnixTimeMilliseconds(),
        campaign.EndsAt?.ToUnixTimeMilliseconds(),
        campaign.Audience is null ? null : new SortedDictionary<string, IReadOnlyList<string>>(campaign.Audience.ToDictionary(), StringComparer.Ordinal),
        campaign.FrequencyCap?.MaxViews,
        campaign.FrequencyCap?.Window.Ticks,
        campaign.Properties));

    public static Campaign ToCampaign(LogRecord record)
    {
        var content = Read<CampaignFields>(record);
        return new Campaign(
            new CampaignId(record.Id),
            content.Name,
            content.Text,
            Time(content.StartsAt),
            Time(content.EndsAt),
            content.Audience,
            content.CapViews is { } views ? new FrequencyCap(views, TimeSpan.FromTicks(content.CapWindow ?? 0)) : null,
            content.Properties);
    }

    public static LogRecord Of(CampaignId deleted) => new(deleted.Value, "{}");

    public static LogRecord Of(UserProfile profile) =>
        Of(profile.Id.Value, new SortedDictionary<string, string>(profile.Attributes.ToDictionary(), StringComparer.Ordinal));

    public static UserProfile ToProfile(LogRecord record) =>
        new(new UserId(record.Id), Read<Dictionary<string, string>>(record));

    public static LogRecord Of(DeadLetter letter) => Of(letter.Id, new LetterFields(
        letter.Source, letter.Error, letter.FailedAt.ToUnixTimeMilliseconds(), letter.EventId?.Value, letter.UserId?.Value, letter.Payload));

    public static DeadLetter ToLetter(LogRecord record)
    {
        var content = Read<LetterFields>(record);
        return new DeadLetter(
            record.Id,
            content.Source,
            content.Error,
            DateTimeOffset.FromUnixTimeMilliseconds(content.FailedAt),
            content.EventId is { } id ? new EventId(id) : null,
            content.UserId is { } user ? new UserId(user) : null,
            content.Payload);
    }

    public static LogRecord Of(UnfinishedErasure erasure) => OfErasure(erasure.UserId.Value, erasure.ErasedAt);

    /// <summary>A remembered user or event.</summary>
    /// <param name="hash">The keyed hash as text.</param>
    /// <param name="erasedAt">When it was erased.</param>
    public static LogRecord OfErasure(string hash, DateTimeOffset erasedAt) =>
        new(hash, erasedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public static DateTimeOffset ErasedAt(LogRecord record) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(record.Content, CultureInfo.InvariantCulture));

    /// <summary>Creates a record.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="content">Everything else; nulls are left out.</param>
    public static LogRecord Of<T>(string id, T content) => new(id, JsonSerializer.Serialize(content, Json));

    /// <summary>Reads what <see cref="Of{T}"/> was given.</summary>
    public static T Read<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Content, Json)!;

    public static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private sealed record InteractionFields(
        string User, string Type, string? Campaign, string? Text, long OccurredAt, string? Properties);

    private sealed record CampaignFields(
        string Name,
        string Text,
        long? StartsAt,
        long? EndsAt,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Audience,
        int? CapViews,
        long? CapWindow,
        string? Properties);

    private sealed record LetterFields(
        string Source, string Error, long FailedAt, string? EventId, string? UserId, string? Payload);
}
