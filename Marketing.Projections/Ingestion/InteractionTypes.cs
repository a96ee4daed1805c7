using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>The names of the types of interaction, as they are written outside.</summary>
public static class InteractionTypes
{
    /// <summary>Every name, in the order of the numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["chat", "view", "click", "convert", "dismiss"];

    /// <summary>The name of a type.</summary>
    public static string Name(InteractionType type) => Names[(int)type];

    /// <summary>The type of a name, whatever its case.</summary>
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
