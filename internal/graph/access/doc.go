// Package access answers who may do what: users, businesses, applications, and the tokens that speak for them.
package access
