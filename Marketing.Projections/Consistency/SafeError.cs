using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>Describes an error without quoting a user.</summary>
internal static class SafeError
{
    private const int MaxLength = 500;

    /// <summary>
    /// Returns the exception's type and message, or only the type if the message shares a word of four or more letters with the chat
    /// or its properties.
    /// </summary>
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
