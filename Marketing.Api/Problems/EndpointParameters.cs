using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.Metadata;

namespace Marketing.Api.Problems;

/// <summary>The parameters that an endpoint's handler declares.</summary>
/// <remarks>
/// Requests are checked against them before binding, so that every invalid parameter gets the same kind of response and an unknown
/// parameter is reported instead of ignored.
/// </remarks>
internal sealed class EndpointParameters
{
    private const int MaxNameLength = 64;
    private readonly Dictionary<string, ParameterRule> _route = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ParameterRule> _query = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the parameters from the endpoint's handler.</summary>
    public static EndpointParameters Of(RouteEndpointBuilder endpoint)
    {
        var parameters = new EndpointParameters();
        foreach (var parameter in endpoint.Metadata.OfType<IParameterBindingMetadata>())
        {
            if (endpoint.RoutePattern.GetParameter(parameter.Name) is not null)
            {
                parameters._route[parameter.Name] = ParameterRule.Of(parameter.ParameterInfo);
            }
            else if (parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string))
            {
                parameters._query[parameter.Name] = ParameterRule.Of(parameter.ParameterInfo);
            }
        }

        return parameters;
    }

    /// <summary>Returns every error in a request's parameters; null when there is none.</summary>
    public List<FieldError>? Check(HttpRequest request)
    {
        List<FieldError>? errors = null;
        foreach (var (name, rule) in _route)
        {
            if (request.RouteValues[name] is not string value || !rule.IsValid(value))
            {
                (errors ??= []).Add(rule.Error);
            }
        }

        if (request.QueryString.HasValue)
        {
            foreach (var (name, values) in request.Query)
            {
                if (!_query.TryGetValue(name, out var rule))
                {
                    (errors ??= []).Add(Unknown(name));
                }
                else if (values.Count != 1)
                {
                    (errors ??= []).Add(new FieldError(rule.Name, $"{rule.Name} must not be given more than once."));
                }
                else if (!rule.IsValid(values[0] ?? ""))
                {
                    (errors ??= []).Add(rule.Error);
                }
            }
        }

        return errors;
    }

    private FieldError Unknown(string name)
    {
        name = name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength), "…");
        var valid = _query.Count == 0
            ? "it has no parameters"
            : $"did you mean {NearestName.Find(name, _query.Keys)}? The parameters are {string.Join(", ", _query.Keys)}";
        return new FieldError(name, $"{name} is not a parameter of this endpoint; {valid}.");
    }
}
