using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Model;

namespace Marketing.Api;

/// <summary>An id in an address. A slash in it is written <c>%2F</c>.</summary>
internal readonly record struct RouteId(string Value)
{
    public UserId User => new(Value);

    public CampaignId Campaign => new(Value);

    public static bool TryParse(string? text, out RouteId id)
    {
        // The one character that routing leaves encoded.
        id = new RouteId(text?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) ?? "");
        return Identifier.IsValid(id.Value);
    }
}

/// <summary>A length of time in a query, such as <c>7d</c>.</summary>
internal readonly record struct Window(TimeSpan Length)
{
    public static bool TryParse(string? text, out Window window)
    {
        var valid = WindowText.TryParse(text, out var length);
        window = new Window(length);
        return valid;
    }

    public override string ToString() => WindowText.Format(Length);
}
