using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>The external names of the interaction types.</summary>
public static class InteractionTypes
{
    /// <summary>All names, in the order of the enum values.</summary>
    public static IReadOnlyList<string> Names { get; } = ["chat", "view", "click", "convert", "dismiss"];

    /// <summary>Returns the name of a type.</summary>
    public static string Name(InteractionType type) => Names[(int)type];

    /// <summary>Parses a name, ignoring case.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out InteractionType type)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (name.Equals(Names[i], StringComparison.OrdinalIgnoreCase))
            {
                type = (InteractionType)i;
                return true;
            }
        }

        type = default;
        return false;
    }
}
