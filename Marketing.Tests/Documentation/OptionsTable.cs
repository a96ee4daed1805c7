using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Marketing.Projections;
using Marketing.Recommendations;
using Marketing.ServiceDefaults;
using Marketing.Stores;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Documentation;

/// <summary>
/// Describes every setting in Markdown: the properties of the records with a constant <c>Section</c>, their defaults, their ranges by
/// annotation, and their XML documentation.
/// </summary>
internal static partial class OptionsTable
{
    /// <summary>The section whose record is not part of a build where the package feed lacks its driver.</summary>
    private const string NotInEveryBuild = "Milvus";

    private static readonly Assembly[] Programs =
    [
        typeof(Program).Assembly,
        typeof(Marketing.Ingest.Import.ImportExit).Assembly,
        typeof(ProjectionRegistration).Assembly,
        typeof(IRecommender).Assembly,
        typeof(ProjectionHost).Assembly,
        typeof(TelemetryOptions).Assembly,
    ];

    /// <param name="page">What the page shows now; it is kept for a section that this build is without.</param>
    public static string Generate(string page)
    {
        var sections = Programs.SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(one => one.Section is not null)
            .ToDictionary(one => one.Section!, one => Describe(one.Section!, one.Type));
        if (!sections.ContainsKey(NotInEveryBuild) && OneSection(NotInEveryBuild).Match(page) is { Success: true, Value: var kept })
        {
            sections.Add(NotInEveryBuild, kept);
        }

        return $"\n{string.Concat(sections.OrderBy(section => section.Key, StringComparer.Ordinal).Select(section => section.Value))}";
    }

    private static string Describe(string section, Type type)
    {
        var text = new StringBuilder($"## {section}\n\n{Summary(type.Assembly, $"T:{type.FullName}", "summary")}\n\n");
        text.Append("| setting | type | default | valid | |\n|---|---|---|---|---|\n");
        AppendRows(text, section, Activator.CreateInstance(type)!);
        return text.Append('\n').ToString();
    }

    private static void AppendRows(StringBuilder text, string section, object options)
    {
        foreach (var setting in options.GetType().GetProperties().Where(property => property.CanWrite).OrderBy(property => property.MetadataToken))
        {
            var value = setting.GetValue(options);
            if (setting.IsDefined(typeof(ValidateObjectMembersAttribute)))
            {
                AppendRows(text, $"{section}:{setting.Name}", value!);
                continue;
            }

            if (RecordOf(setting.PropertyType) is { } item)
            {
                AppendRows(text, $"{section}:{setting.Name}:N", Activator.CreateInstance(item)!);
                continue;
            }

            var description = Summary(setting.DeclaringType!.Assembly, $"P:{setting.DeclaringType.FullName}.{setting.Name}", "summary", "remarks");
            string[] cells = [$"`{section}:{setting.Name}{(value is IReadOnlyDictionary<string, string> ? ":NAME" : string.Empty)}`", TypeOf(setting), Default(value), Valid(setting), description];
            text.Append($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }
    }

    /// <summary>Returns the record that a list of settings consists of; null for any other setting.</summary>
    private static Type? RecordOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && Programs.Contains(type.GetGenericArguments()[0].Assembly)
            ? type.GetGenericArguments()[0]
            : null;

    private static string TypeOf(PropertyInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        return type switch
        {
            { IsEnum: true } => "name",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(string) => "text",
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(Uri) => "address",
            _ when type == typeof(int) || type == typeof(long) => "integer",
            _ when type == typeof(float) || type == typeof(double) => "number",
            _ when type == typeof(IReadOnlyList<string>) => "list",
            _ when type == typeof(Dictionary<string, string>) => "text",
            _ => throw new NotSupportedException($"Give the type {type} of {setting.DeclaringType}.{setting.Name} a name in {nameof(OptionsTable)}."),
        };
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "not set",
        IReadOnlyDictionary<string, string> entries => string.Join("<br>", entries.Select(entry => $"`{entry.Key}`: `{entry.Value}`")),
        _ => $"`{Text(value)}`",
    };

    private static string Valid(PropertyInfo setting)
    {
        if (setting.PropertyType.IsEnum)
        {
            return Names(Enum.GetNames(setting.PropertyType));
        }

        return (setting.GetCustomAttribute<RangeAttribute>(), setting.GetCustomAttribute<RegularExpressionAttribute>()) switch
        {
            ({ } range, _) when IsUnlimited(range.Maximum) => $"at least {Bound(range, range.Minimum)}",
            ({ } range, _) => $"{Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}",
            (_, { } pattern) when Alternatives().Match(pattern.Pattern) is { Success: true } found => Names(found.Groups["names"].Value.Split('|')),
            (_, { } pattern) => $"`{pattern.Pattern}`",
            _ when IsQuantity(setting.PropertyType) => throw new InvalidOperationException(
                $"{setting.DeclaringType}.{setting.Name} needs a [Range], so that a value that cannot work stops the program at startup."),
            _ => string.Empty,
        };
    }

    private static bool IsQuantity(Type type)
    {
        var quantity = Nullable.GetUnderlyingType(type) ?? type;
        return quantity == typeof(TimeSpan) || quantity == typeof(int) || quantity == typeof(long) || quantity == typeof(float) || quantity == typeof(double);
    }

    private static bool IsUnlimited(object maximum) => maximum is int.MaxValue || (maximum is double number && number >= long.MaxValue);

    private static string Bound(RangeAttribute range, object bound) =>
        Text(range.OperandType == typeof(TimeSpan) ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture) : bound);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        float number => number.ToString("0.########", CultureInfo.InvariantCulture),
        double number => number.ToString("0.########", CultureInfo.InvariantCulture),
        TimeSpan { Ticks: var ticks } duration when ticks % TimeSpan.TicksPerSecond != 0 => duration.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0'),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Returns these parts of the documentation of a type or property as Markdown in one line.</summary>
    private static string Summary(Assembly assembly, string member, params string[] parts)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        var found = XDocument.Load(file).Descendants("member").SingleOrDefault(one => (string?)one.Attribute("name") == member);
        var text = string.Join(' ', parts.Select(part => found?.Element(part)).OfType<XElement>().Select(Markdown));
        Assert.False(string.IsNullOrWhiteSpace(text), $"{member[2..]} needs an XML summary, because docs/configuration.md shows it.");
        return WhiteSpace().Replace(text, " ").Trim();
    }

    private static string Markdown(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XText text => text.Value,
        _ => throw new NotSupportedException($"{nameof(OptionsTable)} cannot show {node}."),
    }));

    private static Regex OneSection(string name) => new($@"^## {name}\n.*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);

    [GeneratedRegex(@"^(\(\?i:)?(?<names>\w+(\|\w+)+)\)?$")]
    private static partial Regex Alternatives();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
