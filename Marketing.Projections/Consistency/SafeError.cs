using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>Describes an error without a word of what a person said.</summary>
internal static class SafeError
{
    private const int MaxLength = 500;

    /// <summary>The error's type and message; the type alone when the message shares a word of four letters or more with the chat.</summary>
    public static string Describe(Exception error, Interaction interaction)
    {
        var type = error.GetType().Name;
        if (Quotes(error.Message, interaction.Text) || Quotes(error.Message, interaction.Properties))
        {
            return type;
        }

        var description = $"{type}: {error.Message}";
        return description.Length <= MaxLength ? description : description[..MaxLength];
    }

    private static bool Quotes(string message, string? text)
    {
        if (text is null)
        {
            return false;
        }

        foreach (var range in System.Text.RegularExpressions.Regex.EnumerateMatches(text, @"\w{4,}"))
        {
            if (message.AsSpan().Contains(text.AsSpan(range.Index, range.Length), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
