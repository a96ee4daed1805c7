using Marketing.Domain;

namespace Marketing.Projections.Samples;

/// <summary>A campaign of the sample world, with its window in days relative to the world's end.</summary>
internal sealed record SampleCampaign(
    string Id,
    string Name,
    string Text,
    int? StartsInDays,
    int? EndsInDays,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Audience,
    SampleFrequencyCap? FrequencyCap)
{
    public Campaign At(DateTimeOffset end) => new(
        new CampaignId(Id),
        Name,
        Text,
        StartsInDays is { } start ? end.AddDays(start) : null,
        EndsInDays is { } finish ? end.AddDays(finish) : null,
        Audience,
        FrequencyCap is { } cap ? new FrequencyCap(cap.MaxViews, TimeSpan.FromDays(cap.Days)) : null);

    /// <summary>Whether a customer could be shown the campaign that many days before the end.</summary>
    public bool IsOpenTo(string? segment, double daysAgo) =>
        -daysAgo >= (StartsInDays ?? double.MinValue)
        && -daysAgo < (EndsInDays ?? double.MaxValue)
        && (Audience is null || (segment is not null && Audience["segment"].Contains(segment)));
}

/// <summary>At most that many views within that many days.</summary>
internal sealed record SampleFrequencyCap(int MaxViews, int Days);
