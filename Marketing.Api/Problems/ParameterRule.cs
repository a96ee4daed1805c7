using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Problems;

/// <summary>The validation rule of a parameter.</summary>
/// <param name="Name">The name that the endpoint declares.</param>
/// <param name="Sentence">The valid values, as the end of an error message.</param>
/// <param name="IsValid">Whether a text is valid. Binding always accepts a valid text.</param>
internal sealed record ParameterRule(string Name, string Sentence, Func<string, bool> IsValid)
{
    /// <summary>The error for a value that breaks the rule.</summary>
    public FieldError Error => new(Name, $"{Name} {Sentence}.");

    /// <summary>Derives the rule from a parameter's type and attributes.</summary>
    public static ParameterRule Of(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var name = parameter.Name!;
        return type == typeof(string) ? new(name, "may be any text", static _ => true)
            : type == typeof(RouteId) ? new(name, Identifier.Rule, static text => RouteId.TryParse(text, out _))
            : type == typeof(Window) ? new(name, WindowText.Rule, static text => Window.TryParse(text, out _))
            : type == typeof(bool) ? new(name, "must be true or false", static text => bool.TryParse(text, out _))
            : type == typeof(DateTimeOffset) ? new(name, "must be a time with an offset, such as 2026-11-25T10:00:00Z", IsTime)
            : type == typeof(int) ? WholeNumber(name, parameter.GetCustomAttribute<RangeAttribute>())
            : throw new NotSupportedException($"No rule says what the parameter {name} of type {type} must be.");
    }

    // Stricter than binding: a time without an offset means a different instant on every machine.
    private static bool IsTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text is [.., 'Z' or 'z'] or [.., '+' or '-', _, _, ':', _, _];

    private static ParameterRule WholeNumber(string name, RangeAttribute? range)
    {
        var from = range?.Minimum as int? ?? int.MinValue;
        var to = range?.Maximum as int? ?? int.MaxValue;
        var sentence = string.Create(CultureInfo.InvariantCulture, $"must be a whole number between {from} and {to}");
        return new ParameterRule(name, sentence, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to);
    }
}
