using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Marketing.Stores;

/// <summary>The opaque cursor of a list that is ordered newest first: the last item's time and id.</summary>
internal static class TimeCursor
{
    public static string Format(DateTimeOffset at, string id) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()}|{id}")));

    /// <exception cref="FormatException">The text is not one that <see cref="Format"/> made.</exception>
    public static (DateTimeOffset At, string Id) Parse(string cursor)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var bar = text.IndexOf('|', StringComparison.Ordinal);
            return bar > 0
                ? (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text.AsSpan(0, bar), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)), text[(bar + 1)..])
                : throw new FormatException("The cursor is not one that a previous page gave.");
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException or FormatException)
        {
            throw new FormatException("The cursor is not one that a previous page gave.", exception);
        }
    }
}
