using ArchUnitNET.Domain;

namespace Marketing.Tests.Architecture;

/// <summary>Finds dependency cycles between the folders of a project.</summary>
internal static class FolderCycles
{
    /// <summary>
    /// Describes the first cycle between sibling folders at any level of a project, or returns null. Types beside the folders may use
    /// all of
    /// them.
    /// </summary>
    public static string? Find(ArchUnitNET.Domain.Architecture code, string project)
    {
        var types = code.Types.Where(type => IsIn(type, project)).ToList();
        var parents = types.SelectMany(type => Ancestors(NameOf(type), project)).Distinct();
        return parents.Select(parent => FindAmongChildren(types, parent)).FirstOrDefault(cycle => cycle is not null);
    }

    private static string? FindAmongChildren(IReadOnlyList<IType> types, string parent)
    {
        var uses = new Dictionary<string, Dictionary<string, string>>();
        foreach (var type in types)
        {
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target))
            {
                if (Child(type, parent) is { } from && Child(target, parent) is { } to && from != to)
                {
                    if (!uses.TryGetValue(from, out var targets))
                    {
                        uses[from] = targets = [];
                    }

                    targets.TryAdd(to, $"{from}/{type.Name} uses {to}/{target.Name}");
                }
            }
        }

        return uses.Keys.Select(start => PathBack(uses, start, start, [])).FirstOrDefault(path => path is not null) is { } path
            ? $"Folders of {parent} form a cycle: {string.Join("; ", path)}."
            : null;
    }

    private static List<string>? PathBack(
        Dictionary<string, Dictionary<string, string>> uses, string at, string start, HashSet<string> visited)
    {
        foreach (var (next, why) in uses.GetValueOrDefault(at, []))
        {
            if (next == start)
            {
                return [why];
            }

            if (visited.Add(next) && PathBack(uses, next, start, visited) is { } rest)
            {
                return [why, .. rest];
            }
        }

        return null;
    }

    private static IEnumerable<string> Ancestors(string name, string project)
    {
        for (var at = name; at.Length >= project.Length; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            yield return at;
        }
    }

    private static bool IsIn(IType type, string name) =>
        NameOf(type) == name || NameOf(type).StartsWith(name + ".", StringComparison.Ordinal);

    private static string? Child(IType type, string parent) => NameOf(type).StartsWith(parent + ".", StringComparison.Ordinal)
        ? NameOf(type)[(parent.Length + 1)..].Split('.')[0]
        : null;

    /// <summary>Returns the namespace, or an empty string because a generic parameter has none.</summary>
    private static string NameOf(IType type) => type.Namespace?.FullName ?? "";
}
