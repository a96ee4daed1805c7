using Marketing.Api.Hosting;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api;

/// <summary>An id in a URL, exactly as it was posted.</summary>
internal readonly record struct RouteId(string Value)
{
    public UserId User => new(Value);

    public CampaignId Campaign => new(Value);

    public static bool TryParse(string? text, out RouteId id)
    {
        id = new RouteId(ExactPath.Decode(text ?? ""));
        return Identifier.IsValid(id.Value);
    }
}

/// <summary>A duration in a query string, such as <c>7d</c>.</summary>
internal readonly record struct Window(TimeSpan Length)
{
    public static bool TryParse(string? text, out Window window)
    {
        var valid = WindowText.TryParse(text, out var length);
        window = new Window(length);
        return valid;
    }

    /// <summary>The start of the counts, rounded down to a full hour because counts are kept by UTC hour.</summary>
    public DateTimeOffset Since(DateTimeOffset now)
    {
        var start = (now - Length).ToUniversalTime();
        return start.AddTicks(-(start.Ticks % TimeSpan.TicksPerHour));
    }

    public override string ToString() => WindowText.Format(Length);
}

/// <summary>Values from a fixed list, matched without regard to case, like interaction types.</summary>
internal static class Choice
{
    /// <summary>Finds the matching value in the list; null when there is none.</summary>
    public static string? Find(IEnumerable<string> values, string value) =>
        values.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error message, which lists the valid values.</summary>
    public static string Rule(string name, IEnumerable<string> values) => $"{name} must be one of {string.Join(", ", values)}.";
}
